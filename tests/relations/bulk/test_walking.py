"""Changing properties one by one: choose which, walk, skip, go back, stop and go on later (R62)."""

import pytest
from django.urls import reverse

from archiving.acts.archiving import archive
from crm.jobs import running
from crm.jobs.models import Job, JobState
from relations.models import Relation
from relations.record import actions as relation_actions
from tests.factories import AdminFactory, EmployeeFactory, RelationFactory, TagFactory
from tests.jobs.jobs import undone
from tests.relations.bulk.sets import draft, outcomes

pytestmark = pytest.mark.django_db


@pytest.fixture
def job(employee):
    for name in ("Zuid", "Noord", "Midden"):  # not in the order of their keys
        RelationFactory(name=name, city="Utrecht", phone="+31302345678")
    return draft(employee)


def begin(client, job, *names):
    answer = client.post(reverse("relations:bulk_one_by_one", args=[job.pk]), {"fields_chosen": names})
    job.refresh_from_db()
    return answer.url


def seen(client, url):
    return client.get(url).context["form"]["seen"].value()


def save(client, url, **answers):
    return client.post(url, {"seen": seen(client, url), "save": "", **answers}).url


def cities():
    return list(Relation.objects.order_by("pk").values_list("city", flat=True))


class TestChoosing:
    def test_wants_at_least_one_property(self, as_employee, job):
        answer = as_employee.post(reverse("relations:bulk_one_by_one", args=[job.pk]))

        assert answer.status_code == 422

    def test_begins_a_job_that_no_worker_has_anything_to_do_with(self, as_employee, job):
        begin(as_employee, job, "city")

        running.run(job.pk)

        job.refresh_from_db()
        assert (job.operation, job.state, job.waiting) == ("one_by_one", JobState.STOPPED, 3)

    def test_let_go_on_by_the_workers_comes_back_as_it_was(self, as_employee, job):
        begin(as_employee, job, "city")
        Job.objects.filter(pk=job.pk).update(state=JobState.QUEUED)

        running.run(job.pk)

        job.refresh_from_db()
        assert (job.state, job.waiting) == (JobState.STOPPED, 3)

    def test_of_the_status_brings_its_date_along(self, as_employee, job):
        url = begin(as_employee, job, "status")

        assert [field.name for field in as_employee.get(url).context["form"].chosen()] == ["status", "former_since"]


class TestWalking:
    def test_saves_only_the_chosen_properties_one_relation_after_the_other(self, as_employee, job):
        url = begin(as_employee, job, "city")
        Relation.objects.update(legal_form="B.V.")

        for city in ("Zeist", "Breda", "Tiel"):
            url = save(as_employee, url, city=city, phone="")

        assert url == reverse("jobs:job", args=[job.pk])
        job.refresh_from_db()
        assert (job.state, job.done, cities()) == (JobState.DONE, 3, ["Zeist", "Breda", "Tiel"])
        assert set(Relation.objects.values_list("phone", "legal_form")) == {("+31302345678", "B.V.")}

    def test_tells_how_far_one_is(self, as_employee, job):
        url = begin(as_employee, job, "city")

        context = as_employee.get(save(as_employee, url, city="Zeist")).context

        assert (context["position"], context["count"]) == (2, 3)

    def test_skips(self, as_employee, job):
        url = begin(as_employee, job, "city")

        as_employee.post(url, {"skip": "1"})

        assert next(iter(outcomes(job).values())) == ("skipped", "BY_HAND")
        assert cities() == ["Utrecht"] * 3

    def test_goes_back_and_saves_once_more(self, as_employee, job):
        first = begin(as_employee, job, "city")
        second = save(as_employee, first, city="Zeist")
        back = reverse("relations:bulk_walk", args=[job.pk, as_employee.get(second).context["previous"].pk])

        assert back == first
        assert save(as_employee, back, city="Breda") == second
        job.refresh_from_db()
        item = job.items.order_by("target_id").first()
        assert (item.before, item.after, job.done) == ({"city": "Utrecht"}, {"city": "Breda"}, 1)

    def test_goes_on_later_where_it_was_left(self, as_employee, job):
        second = save(as_employee, begin(as_employee, job, "city"), city="Zeist")
        as_employee.get(second)

        assert as_employee.get(reverse("relations:bulk_one_by_one", args=[job.pk])).url == second

    def test_tells_of_one_that_stays_as_it_is(self, as_employee, job):
        save(as_employee, begin(as_employee, job, "city"), city="Utrecht")

        job.refresh_from_db()
        assert (job.unchanged, Relation.objects.first().history.count()) == (1, 1)

    def test_refuses_a_wrong_value_and_stays(self, as_employee, job):
        url = begin(as_employee, job, "phone")

        answer = as_employee.post(url, {"seen": seen(as_employee, url), "phone": "12"})

        assert answer.status_code == 422
        assert job.items.filter(state="waiting").count() == 3

    def test_shows_what_somebody_else_changed_meanwhile(self, as_employee, job):
        url = begin(as_employee, job, "city")
        old = seen(as_employee, url)
        relation = Relation.objects.order_by("pk").first()
        relation.city = "Breda"
        relation_actions.change(relation, tags=[], by=EmployeeFactory())

        answer = as_employee.post(url, {"seen": old, "city": "Zeist"})

        assert answer.status_code == 409
        assert answer.context["form"].conflict
        assert cities()[0] == "Breda"

    def test_skips_what_was_archived_meanwhile(self, as_employee, job):
        url = begin(as_employee, job, "city")
        archive([Relation.objects.order_by("pk").first().pk], by=AdminFactory(), reason="other")

        assert b'name="save"' not in as_employee.get(url).content
        assert as_employee.post(url, {"seen": "", "city": "Zeist"}).status_code == 409
        as_employee.post(url, {"skip": "1"})
        assert next(iter(outcomes(job).values())) == ("skipped", "ARCHIVED")

    def test_of_somebody_else_does_not_exist(self, client, as_employee, job):
        url = begin(as_employee, job, "city")
        client.force_login(EmployeeFactory())

        assert client.get(url).status_code == 404

    def test_is_undone_like_any_change(self, as_employee, employee, job):
        """B1"""
        tag = TagFactory()
        url = begin(as_employee, job, "city", "tags")
        url = save(as_employee, url, city="Zeist", tags=[tag.pk])
        for _ in range(2):
            url = as_employee.post(url, {"skip": "1"}).url
        job.refresh_from_db()

        undoing_job = undone(job, by=employee)

        assert (job.state, undoing_job.done, cities()) == (JobState.DONE, 1, ["Utrecht"] * 3)
        assert not tag.relation_tags.exists()
