"""Contractant omkoppelen: one act with the end state of the manual road, previewed, undoable (B11)."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from billing.models import Subscription
from crm.core.drift import Drifted
from crm.core.refusals import Refusal
from portals.models import Contractant, ContractantLink, Relinking
from portals.relinking import relinking
from portals.relinking import undoing as undoing_relinking
from portals.relinking.planning import Move, plan
from portals.support_tasks import support_tasks_of, visible_support_tasks
from relations.models import TaskLink
from relations.work import actions as tasks
from tests.archiving.acting import archive
from tests.archiving.acts.test_races import together
from tests.factories import (
    EmployeeFactory,
    PortalAccountFactory,
    RelationFactory,
    SubscriptionFactory,
    TaskCommentFactory,
    TaskFactory,
    TaskLinkFactory,
    linked,
)
from tests.portals import roads

pytestmark = pytest.mark.django_db


def office(code="KL-0421"):
    """A linked relation with open, finished and shared tasks, and a new one with a running subscription."""
    old = linked(RelationFactory(name="Fysiotherapie Oost"), code=code, starts_on=date(2022, 3, 1))
    new = SubscriptionFactory(relation=RelationFactory(name="Fysio Oost & West B.V."))
    for subject, fields in {
        "gewoon": {},
        "support": {"kind": "support"},
        "gedeeld": {"kind": "support"},
        "gereed": {"kind": "support", "done_at": timezone.now()},
    }.items():
        task = TaskFactory(subject=subject, **fields)
        TaskLinkFactory(relation=old.relation, task=task)
        if subject == "gedeeld":
            TaskLinkFactory(relation=new.relation, task=task)
    return old, new


def state(old, new):
    subscriptions = Subscription.objects.filter(pk__in=[old.pk, new.pk])
    return roads.rows([old.relation, new.relation], subscriptions)


def subjects(queryset):
    return sorted(task.subject for task in queryset)


def contractant_of(subscription):
    return Contractant.objects.get(code=subscription.contractant)


class TestTheTwoRoads:
    def test_end_in_the_same_place_row_by_row(self, employee):
        """B11, R45-R54: unlink, link and move by hand, against the wizard."""
        by_hand = office()
        ContractantLink.objects.update(by=employee)
        roads.by_hand(*by_hand, by=employee)
        expected = state(*by_hand)
        Subscription.objects.filter(pk=by_hand[1].pk).update(database="", contractant="")
        ContractantLink.objects.all().delete()
        by_wizard = office()
        ContractantLink.objects.update(by=employee)

        roads.by_wizard(*by_wizard, by=employee)

        assert state(*by_wizard) == expected

    def test_leave_finished_tasks_and_take_the_open_ones(self, employee):
        """R49-R53"""
        old, new = office()

        roads.by_wizard(old, new, by=employee)

        assert subjects(new.relation.tasks.all()) == ["gedeeld", "gewoon", "support"]
        assert subjects(old.relation.tasks.all()) == ["gereed"]


class TestWhatTheCustomerSees:
    def test_is_what_belongs_to_the_relation_linked_now(self, employee):
        """R41, R48, R54: at once."""
        old, new = office()
        contractant = contractant_of(old)
        before = subjects(support_tasks_of(old.relation)), subjects(support_tasks_of(new.relation))

        roads.by_wizard(old, new, by=employee)

        assert before == (["gedeeld", "gereed", "support"], [])
        assert subjects(support_tasks_of(old.relation)) == []
        assert subjects(support_tasks_of(new.relation)) == ["gedeeld", "support"]
        assert subjects(visible_support_tasks(contractant)) == ["gedeeld", "support"]

    def test_is_nothing_of_a_contractant_that_nobody_has(self):
        """R48"""
        assert not visible_support_tasks(Contractant.objects.create(database="a", code="b")).exists()


class TestRelink:
    def test_refuses_what_is_not_what_was_shown(self, employee):
        """B2"""
        old, new = office()
        contractant = contractant_of(old)
        shown = plan(Move(contractant.pk, new.relation_id)).fingerprint
        TaskLinkFactory(relation=old.relation)
        before = state(old, new)

        with pytest.raises(Drifted):
            relinking.relink(contractant=contractant, relation=new.relation, expected=shown, by=employee)

        assert state(old, new) == before
        assert not Relinking.objects.exists()

    @pytest.mark.parametrize(
        ("make", "problem"),
        [
            (lambda old, new: old.relation, "SAME_RELATION"),
            (lambda old, new: RelationFactory(), "NO_SUBSCRIPTION"),
            (lambda old, new: linked(RelationFactory(), code="KL-2").relation, "HAS_CONTRACTANT"),
            (lambda old, new: SubscriptionFactory(ends_on=date(2026, 3, 3)).relation, "NO_SUBSCRIPTION"),
        ],
    )
    def test_says_why_it_cannot_be(self, employee, make, problem):
        old, new = office()
        relation, contractant = make(old, new), contractant_of(old)
        planned = plan(Move(contractant.pk, relation.pk))

        with pytest.raises(Refusal):
            relinking.relink(contractant=contractant, relation=relation, expected=planned.fingerprint, by=employee)

        assert planned.problem == problem
        assert linked_to(contractant) == old.relation

    def test_goes_to_no_archived_relation(self, employee):
        """R18"""
        old, new = office()
        archive(new.relation, by=employee)

        assert plan(Move(contractant_of(old).pk, new.relation_id)).problem == "NEW_NOT_ACTIVE"

    def test_takes_as_many_queries_for_many_as_for_few(self, employee):
        counts = []
        assert employee.has_perm("relations.change_relation")  # read once, and remembered
        for size in (3, 30):
            moves = {}
            for turn in range(size):
                old, new = office(code=f"KL-{size}-{turn}")
                move = Move(contractant_of(old).pk, new.relation_id)
                moves[move] = plan(move).fingerprint
            with CaptureQueriesContext(connection) as queries:
                done, problems = relinking.relink_many(moves, by=employee)
            counts.append(len(queries))
            assert (len(done), problems) == (size, {})

        assert counts[0] == counts[1]


@pytest.mark.django_db(transaction=True)
class TestAtTheSameMoment:
    def test_two_relations_cannot_both_get_it(self):
        """R43, B11"""
        old, first = office()
        second, contractant, by = SubscriptionFactory(), contractant_of(old), EmployeeFactory()
        wanted = {row.relation: plan(Move(contractant.pk, row.relation_id)).fingerprint for row in (first, second)}

        answers = together(
            *(
                lambda to=relation, shown=shown: relinking.relink(
                    contractant=contractant, relation=to, expected=shown, by=by
                )
                for relation, shown in wanted.items()
            )
        )

        assert sorted(type(answer).__name__ for answer in answers) == ["Drifted", "Relinking"]
        assert Subscription.objects.linked().count() == ContractantLink.objects.live().count() == 1
        assert TaskLink.objects.filter(relation=old.relation).count() == 1  # the finished one


class TestUndo:
    def test_puts_everything_back(self, employee):
        """B11"""
        old, new = office()
        before = state(old, new)
        done = roads.by_wizard(old, new, by=employee)

        undone = undoing_relinking.undo(done, by=employee)

        after = state(old, new)
        assert (after["setups"], after["tasks"]) == (before["setups"], before["tasks"])
        assert linked_to(done.contractant) == old.relation
        assert (undone.left, undone.undone_by) == ({}, employee)

    def test_leaves_and_names_what_was_changed_since(self, employee):
        """B11"""
        old, new = office()
        done = roads.by_wizard(old, new, by=employee)
        finished, moved = (new.relation.task_links.get(task__subject=name) for name in ("support", "gewoon"))
        tasks.finish_task(finished.task, by=employee)
        tasks.link_task(moved.task, relation=RelationFactory(), instead_of=moved, by=employee)

        undone = undoing_relinking.undo(done, by=employee)

        assert undone.left == {"tasks": {str(finished.task_id): "DONE", str(moved.task_id): "MOVED_ON"}}
        assert subjects(old.relation.tasks.all()) == ["gedeeld", "gereed"]
        assert linked_to(done.contractant) == old.relation

    def test_leaves_a_contractant_that_went_on_but_puts_tasks_back(self, employee):
        old, new = office()
        done = roads.by_wizard(old, new, by=employee)
        new.refresh_from_db()
        roads.contractants.unlink_contractant(new, by=employee)

        undone = undoing_relinking.undo(done, by=employee)

        assert undone.left == {"link": "MOVED_ON"}
        assert "gewoon" in subjects(old.relation.tasks.all())
        assert linked_to(done.contractant) is None

    def test_is_refused_a_second_time_and_when_nothing_can_go_back(self, employee):
        old, new = office()
        done = roads.by_wizard(old, new, by=employee)
        archive(old.relation, by=employee)

        with pytest.raises(Refusal):
            undoing_relinking.undo(done, by=employee)

        assert linked_to(done.contractant) == new.relation


class TestTheWizard:
    def url(self, old):
        return reverse("portals:relink", args=[contractant_of(old).pk])

    def test_shows_old_and_new_side_by_side(self, as_employee):
        """B11: what moves, what stops, what the customer sees before and after."""
        old, new = office()

        chosen = as_employee.post(self.url(old), {"relation": new.relation.number}, follow=True)

        planned = chosen.context["plan"]
        assert (planned.old, planned.new, len(planned.links), planned.support) == (old, new, 3, 2)
        assert (chosen.context["before"].count, chosen.context["after"].count) == (3, 2)
        assert "Omkoppelen en 3 taken omhangen" in chosen.content.decode()
        assert new.relation.name not in chosen.request["QUERY_STRING"]

    def test_tells_what_stays_behind_and_who_sees_it_no_more(self, as_employee):
        """B11"""
        old, new = office()
        task = old.relation.tasks.get(subject="support")
        TaskCommentFactory.create_batch(2, relation=old.relation, task=task)
        PortalAccountFactory(relation=old.relation, active=True)
        PortalAccountFactory(relation=old.relation, blocked=True)

        page = as_employee.get(self.url(old), {"naar": new.relation_id})

        assert (page.context["conversations"], page.context["accounts"]) == (1, 1)
        assert f"blijven bij {old.relation.number}" in page.text

    def test_relinks_what_was_confirmed(self, as_employee):
        old, new = office()
        page = as_employee.get(self.url(old), {"naar": new.relation_id})

        answer = as_employee.post(self.url(old), confirmation(page), follow=True)

        assert answer.status_code == 200
        assert answer.context["relinking"] == Relinking.objects.get()
        assert linked_to(Contractant.objects.get()) == new.relation

    def test_says_what_differs_and_does_nothing_when_it_drifted(self, as_employee):
        """B2: 409"""
        old, new = office()
        page = as_employee.get(self.url(old), {"naar": new.relation_id})
        TaskLinkFactory(relation=old.relation)

        answer = as_employee.post(self.url(old), confirmation(page))

        assert answer.status_code == 409
        assert answer.context["differences"] == ["Open taken die niet werden getoond: 1."]
        assert linked_to(Contractant.objects.get()) == old.relation

    def test_names_the_problem_instead_of_the_button(self, as_employee):
        old, _new = office()

        page = as_employee.get(self.url(old), {"naar": RelationFactory().pk})

        assert "geen lopend abonnement" in page.context["problem"]
        assert 'name="expected"' not in page.content.decode()

    @pytest.mark.parametrize("key", ["", "x", "0", "999999999999", "٣"])
    def test_knows_no_relation_with_such_a_key(self, as_employee, key):
        old, _new = office()

        assert as_employee.get(self.url(old), {"naar": key}).status_code == 404

    def test_shows_the_error_of_a_relation_that_is_not_there(self, as_employee):
        old, _new = office()

        assert as_employee.post(self.url(old), {"relation": "bestaat niet"}).status_code == 422

    def test_undoes_on_the_page_of_the_relinking(self, as_employee, employee):
        old, new = office()
        done = roads.by_wizard(old, new, by=employee)

        answer = as_employee.post(reverse("portals:relinking_undo", args=[done.pk]), follow=True)

        assert answer.context["relinking"].is_undone
        assert answer.context["undo"] is None
        assert linked_to(done.contractant) == old.relation


def confirmation(page):
    context = page.context
    return {"naar": context["plan"].relation.pk, "expected": context["plan"].fingerprint, "shown": context["shown"]}


def linked_to(contractant):
    link = ContractantLink.objects.live().filter(contractant=contractant).select_related("relation").first()
    found = Subscription.objects.linked().filter(contractant=contractant.code).first()
    assert (link and link.relation_id) == (found and found.relation_id)
    return link and link.relation
