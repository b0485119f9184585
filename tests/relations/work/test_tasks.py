"""The overview of tasks, and the relations that a task is linked to."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from relations.models import Task, TaskLink
from tests.archiving.acting import archive, erase
from tests.factories import AdminFactory, EmployeeFactory, RelationFactory, TaskFactory, TaskLinkFactory, linked

pytestmark = pytest.mark.django_db
LIST = "/taken/"


def ask(client, **parameters):
    return [task.subject for task in client.get(LIST, parameters).context["listing"].rows]


def url(task):
    return reverse("relations:task", args=[task.pk])


def add(client, task, relation, **fields):
    return client.post(reverse("relations:task_links", args=[task.pk]), {"relation": relation.number, **fields})


def bin(client, link):
    return client.post(reverse("relations:task_link_removal", args=[link.pk]))


def linked_relations(task):
    return set(TaskLink.objects.filter(task=task).values_list("relation", flat=True))


class TestTheOverview:
    @pytest.fixture(autouse=True)
    def tasks(self, employee):
        self.oost = RelationFactory(name="Fysiotherapie Oost", number="10391")
        TaskLinkFactory(
            relation=self.oost, task__subject="gewoon", task__due_on=date(2026, 5, 1), task__assignee=employee
        )
        TaskLinkFactory(relation=self.oost, task__subject="support", task__kind="support")
        TaskLinkFactory(relation=self.oost, task__subject="gereed", task__done_at=timezone.now())
        TaskLinkFactory(
            relation=RelationFactory(name="Bakkerij"), task__subject="elders", task__due_on=date(2026, 4, 1)
        )

    def test_shows_open_tasks_unless_asked_otherwise(self, as_employee):
        """R49: filter active only"""
        assert ask(as_employee) == ["elders", "gewoon", "support"]
        assert ask(as_employee, state="done") == ["gereed"]
        assert len(ask(as_employee, state="all")) == 4

    @pytest.mark.parametrize("text", ["fysio", "10391", "Oost fysiotherapie"])
    def test_finds_by_relation(self, as_employee, text):
        """R49: search relation name"""
        assert ask(as_employee, q=text) == ["gewoon", "support"]

    def test_filters_by_kind_and_assignee(self, as_employee, employee):
        assert ask(as_employee, kind="support") == ["support"]
        assert ask(as_employee, assignee=employee.pk) == ["gewoon"]
        assert ask(as_employee, assignee="none") == ["elders", "support"]

    def test_has_rows_that_are_real_links(self, as_employee):
        """R50: so that they open in tabs of their own"""
        page = as_employee.get(LIST).content.decode()

        assert all(f'<a class="lead" href="{url(task)}">' in page for task in Task.objects.filter(done_at=None))

    @pytest.mark.parametrize("wrong", [{"state": "open"}, {"assignee": "0"}, {"kind": "x"}, {"wat": "1"}])
    def test_shows_nothing_at_an_address_it_does_not_know(self, as_employee, wrong):
        """B3"""
        answer = as_employee.get(LIST, wrong)

        assert answer.status_code == 400
        assert answer.context["listing"].rows == []

    def test_marks_a_relation_that_is_archived(self, as_employee, employee):
        """R14"""
        archive(self.oost, by=employee)

        page = as_employee.get(LIST, {"q": "fysio"})

        assert len(page.context["listing"].rows) == 2
        assert "gearchiveerd" in page.content.decode()

    def test_takes_as_many_queries_for_many(self, as_employee):
        counts = []
        for size in (3, 30):
            TaskLinkFactory.create_batch(size)
            with CaptureQueriesContext(connection) as queries:
                as_employee.get(LIST)
            counts.append(len(queries))

        assert counts[0] == counts[1]


class TestTaskLinks:
    def test_add_a_relation(self, as_employee):
        """R52"""
        link, other = TaskLinkFactory(), RelationFactory()

        add(as_employee, link.task, other)

        assert linked_relations(link.task) == {link.relation_id, other.pk}

    def test_lose_the_relation_whose_bin_is_pressed(self, as_employee, employee):
        """R51: with a row in the history"""
        link = TaskLinkFactory()
        kept = TaskLinkFactory(task=link.task)

        bin(as_employee, link)

        assert linked_relations(link.task) == {kept.relation_id}
        assert TaskLink.history.filter(history_type="-").get().history_user == employee

    def test_lose_the_last_one_when_another_takes_its_place(self, as_employee):
        """R51, R52: bin, link, save; a task never belongs to nobody, or erasing would not find it (R32)"""
        link, new = TaskLinkFactory(), RelationFactory()

        page = as_employee.get(bin(as_employee, link).url)
        still = linked_relations(link.task)
        add(as_employee, link.task, new, instead_of=page.context["replacing"].pk)

        assert still == {link.relation_id}
        assert linked_relations(link.task) == {new.pk}

    def test_take_no_archived_relation(self, as_employee, employee):
        """R14, R18"""
        link, archived = TaskLinkFactory(), RelationFactory()
        archive(archived, by=employee)

        answer = add(as_employee, link.task, archived)

        assert answer.status_code == 422
        assert linked_relations(link.task) == {link.relation_id}

    def test_lose_an_archived_relation_all_the_same(self, as_employee, employee):
        """R14"""
        link, new = TaskLinkFactory(), RelationFactory()
        archive(link.relation, by=employee)

        add(as_employee, link.task, new, instead_of=link.pk)

        assert linked_relations(link.task) == {new.pk}

    def test_take_a_relation_once(self, as_employee):
        link = TaskLinkFactory()

        answer = add(as_employee, link.task, link.relation)

        assert answer.status_code == 409
        assert TaskLink.objects.count() == 1

    @pytest.mark.parametrize("text", ["", "bestaat niet"])
    def test_say_what_is_wrong_with_what_was_typed(self, as_employee, text):
        link = TaskLinkFactory()

        answer = as_employee.post(reverse("relations:task_links", args=[link.task_id]), {"relation": text})

        assert answer.status_code == 422
        assert answer.context["link_form"].errors["relation"]

    def test_of_another_task_are_not_replaced(self, as_employee):
        link, foreign, new = TaskLinkFactory(), TaskLinkFactory(), RelationFactory()

        add(as_employee, link.task, new, instead_of=foreign.pk)

        assert linked_relations(foreign.task) == {foreign.relation_id}
        assert linked_relations(link.task) == {link.relation_id, new.pk}

    def test_with_a_withheld_relation_are_not_replaced(self, as_employee):
        """Restricted: who may not see the relation cannot take it off the task by guessing the number of the link."""
        link, new = TaskLinkFactory(), RelationFactory()
        hidden = TaskLinkFactory(task=link.task, relation=RelationFactory(restricted=True))

        add(as_employee, link.task, new, instead_of=hidden.pk)

        assert linked_relations(link.task) == {link.relation_id, hidden.relation_id, new.pk}

    def test_cannot_be_changed_by_who_may_only_look(self, client):
        link, reader = TaskLinkFactory(), EmployeeFactory()
        reader.groups.clear()
        client.force_login(reader)

        assert bin(client, link).status_code == 403
        assert TaskLink.objects.exists()


class TestATask:
    def test_is_finished_and_reopened(self, as_employee):
        link = TaskLinkFactory()

        as_employee.post(reverse("relations:task_finishing", args=[link.task_id]))
        finished = Task.objects.get().done_at
        twice = as_employee.post(reverse("relations:task_finishing", args=[link.task_id]))
        as_employee.post(reverse("relations:task_reopening", args=[link.task_id]))

        assert finished
        assert twice.status_code == 409
        assert Task.objects.get().done_at is None

    def test_that_was_finished_by_mistake_is_taken_back_at_once(self, as_employee):
        """The button in the message that says it is done."""
        task = TaskLinkFactory().task

        page = as_employee.post(reverse("relations:task_finishing", args=[task.pk]), follow=True)
        [message] = page.context["messages"]
        again = as_employee.post(message.extra_tags, follow=True)

        assert "Ongedaan maken" in page.text
        assert Task.objects.get().done_at is None
        assert "Ongedaan maken" not in again.text

    def test_of_an_archived_relation_can_be_finished(self, as_employee, employee):
        """R14"""
        link = TaskLinkFactory()
        archive(link.relation, by=employee)

        as_employee.post(reverse("relations:task_finishing", args=[link.task_id]))

        assert Task.objects.get().done_at

    def test_tells_what_happened_to_it(self, as_employee):
        link, new = TaskLinkFactory(relation__name="Oud"), RelationFactory(name="Nieuw")
        add(as_employee, link.task, new, instead_of=link.pk)
        as_employee.post(reverse("relations:task_finishing", args=[link.task_id]))

        events = [event.text for event in as_employee.get(url(link.task)).context["events"]]

        assert events[0] == "Gereed"
        assert sorted(events[1:3]) == ["Gekoppeld aan Nieuw", "Koppeling met Oud verwijderd"]

    def test_of_which_no_history_was_kept_opens_too(self, as_employee):
        task = TaskFactory()
        task.history.all().delete()

        assert as_employee.get(url(task)).context["events"] == []

    def test_goes_with_its_last_relation(self, as_employee, employee):
        """R24"""
        link = TaskLinkFactory()
        archive(link.relation, by=employee)

        erase(link.relation, by=AdminFactory())

        assert as_employee.get(url(link.task)).status_code == 404

    def test_takes_as_many_queries_for_many_links(self, as_employee):
        counts = []
        for size in (3, 30):
            task = TaskFactory()
            TaskLinkFactory.create_batch(size, task=task)
            with CaptureQueriesContext(connection) as queries:
                as_employee.get(url(task))
            counts.append(len(queries))

        assert counts[0] == counts[1]


class TestANewSupportTask:
    NEW = {"subject": "Rapport laadt niet", "text": "Sinds gisteren", "due_on": "2026-12-01"}

    def test_is_seen_by_the_customer_at_once(self, as_employee):
        """R41, R48, R54"""
        subscription = linked(RelationFactory())

        as_employee.post("/taken/nieuwe-supporttaak/", self.NEW | {"relation": subscription.relation.number})
        page = as_employee.get("/supporttaken/")

        assert [task.subject for task in page.context["listing"].rows] == ["Rapport laadt niet"]

    def test_of_a_relation_that_is_not_linked_is_seen_by_nobody(self, as_employee):
        """R48"""
        as_employee.post("/taken/nieuwe-supporttaak/", self.NEW | {"relation": RelationFactory().number})

        assert Task.objects.get().kind == "support"
        assert as_employee.get("/supporttaken/").context["listing"].rows == []

    @pytest.mark.parametrize(
        "wrong", [{"subject": ""}, {"subject": "\u200b"}, {"due_on": "9999-01-01"}, {"relation": "x"}]
    )
    def test_filled_in_wrongly_shows_the_error(self, as_employee, wrong):
        answer = as_employee.post(
            "/taken/nieuwe-supporttaak/", self.NEW | {"relation": RelationFactory().number} | wrong
        )

        assert answer.status_code == 422
        assert not Task.objects.exists()

    def test_begins_with_the_relation_one_comes_from(self, as_employee):
        relation = RelationFactory()

        page = as_employee.get(f"/taken/nieuwe-supporttaak/?relatie={relation.pk}")

        assert f"{relation.number} {relation.name}" in page.content.decode()

    @pytest.mark.parametrize("page", ["/taken/nieuw/", "/taken/nieuwe-supporttaak/"])
    @pytest.mark.parametrize(
        ("query", "status"), [("relatie=0", 404), ("relatie=x", 404), ("kleur=rood", 400), ("relatie=1&relatie=2", 400)]
    )
    def test_refuses_what_its_address_cannot_mean(self, as_employee, page, query, status):
        """B3"""
        assert as_employee.get(f"{page}?{query}").status_code == status

    def test_keeps_what_was_typed_when_the_relation_one_came_from_is_gone(self, as_employee):
        answer = as_employee.post("/taken/nieuwe-supporttaak/?relatie=0", self.NEW | {"relation": ""})

        assert answer.status_code == 422
        assert self.NEW["subject"] in answer.content.decode()

    def test_is_not_for_an_archived_relation(self, as_employee, employee):
        """R14, R18"""
        relation = RelationFactory()
        archive(relation, by=employee)

        answer = as_employee.post("/taken/nieuwe-supporttaak/", self.NEW | {"relation": relation.number})

        assert answer.status_code == 422
        assert not Task.objects.exists()
