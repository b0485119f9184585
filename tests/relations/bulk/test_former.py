"""Setting a frozen set to former: true numbers, exactly what was shown, once (R101, B2)."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from crm.jobs import freezing
from crm.jobs.models import Job, JobState
from relations.models import Relation
from tests.archiving.acting import archive
from tests.factories import RelationFactory
from tests.jobs.jobs import undone

pytestmark = pytest.mark.django_db
SINCE = date(2026, 3, 1)


@pytest.fixture
def relations():
    return RelationFactory.create_batch(4)


def frozen(rows, by):
    return freezing.freeze(Relation.objects.filter(pk__in=[row.pk for row in rows]), by=by)


def page_of(job):
    return reverse("relations:bulk_former", args=[job.pk])


def preview(client, job, since=SINCE):
    return client.post(page_of(job), {"since": since.isoformat(), "step": "preview"})


def confirm(client, job, shown, since=SINCE):
    body = {"since": since.isoformat(), "expected": shown.context["plan"].fingerprint, "seen": shown.context["seen"]}
    return client.post(page_of(job), body | {"step": "confirm"})


def state(relation):
    return Relation.objects.values_list("status", "former_since").get(pk=relation.pk)


class TestForm:
    def test_says_how_many_and_asks_since_when(self, as_employee, relations, employee):
        job = frozen(relations, employee)

        page = as_employee.get(page_of(job)).content.decode()

        assert "<strong>4 relaties</strong>" in page
        assert reverse("jobs:targets", args=[job.pk]) in page
        assert f'value="{timezone.localdate().isoformat()}"' in page

    @pytest.mark.parametrize(
        "since", ["", "31-31-2026", "1066-10-14", (date.today() + timedelta(days=500)).isoformat()]
    )
    def test_refuses_a_day_that_cannot_be(self, as_employee, relations, employee, since):
        job = frozen(relations, employee)

        response = as_employee.post(page_of(job), {"since": since, "step": "confirm", "expected": ""})

        assert response.status_code == 422
        assert Job.objects.get().is_draft

    def test_comes_back_with_the_answer_to_change_it(self, as_employee, relations, employee):
        response = as_employee.post(page_of(frozen(relations, employee)), {"since": "2026-03-01", "step": "change"})

        assert response.status_code == 200
        assert 'value="2026-03-01"' in response.content.decode()
        assert "Dit gaat er gebeuren" not in response.content.decode()


class TestPreview:
    def test_tells_true_numbers_and_changes_nothing(self, as_employee, employee, relations):
        former = RelationFactory(status="former", former_since=date(2020, 1, 1))
        gone = RelationFactory()
        job = frozen([*relations, former, gone], employee)
        archive(gone, by=employee)

        page = preview(as_employee, job)

        assert page.context["plan"].counts == {"": 4, "ALREADY_FORMER": 1, "ARCHIVED": 1}
        assert "4 relaties op voormalig zetten" in page.content.decode()
        assert gone.name in page.content.decode()
        assert {item.state for item in job.items.all()} == {"waiting"}
        assert state(relations[0]) == ("client", None)

    def test_has_no_button_when_there_is_nothing_to_do(self, as_employee, employee):
        job = frozen([RelationFactory(status="former", former_since=SINCE)], employee)

        assert 'value="confirm"' not in preview(as_employee, job).content.decode()

    def test_costs_the_same_whatever_the_number(self, as_employee, employee):
        counts = []
        for number in (3, 30):
            job = frozen(RelationFactory.create_batch(number), employee)
            with CaptureQueriesContext(connection) as captured:
                preview(as_employee, job)
            counts.append(len(captured))

        assert counts[0] == counts[1] <= 12


class TestConfirming:
    def test_writes_status_and_date_and_nothing_else(self, as_employee, employee, relations):
        """R101"""
        job = frozen(relations, employee)
        before = Relation.objects.filter(pk=relations[0].pk).values().get()

        response = confirm(as_employee, job, preview(as_employee, job))

        assert response.url == reverse("jobs:job", args=[job.pk])
        after = Relation.objects.filter(pk=relations[0].pk).values().get()
        assert {key for key in after if after[key] != before[key]} == {"status", "former_since"}
        assert {state(relation) for relation in relations} == {("former", SINCE)}
        job.refresh_from_db()
        assert (job.operation, job.state, job.done) == ("set_former", JobState.DONE, 4)

    def test_keeps_in_the_history_who_did_it(self, as_employee, employee, relations):
        job = frozen(relations, employee)
        before = Relation.history.count()

        confirm(as_employee, job, preview(as_employee, job))

        assert Relation.history.count() == before + 4
        newest = relations[0].history.first()
        assert (newest.history_user, newest.status, newest.former_since) == (employee, "former", SINCE)

    def test_leaves_the_date_of_one_that_is_former_already(self, as_employee, employee, relations):
        former = RelationFactory(status="former", former_since=date(2020, 1, 1))
        job = frozen([*relations, former], employee)

        confirm(as_employee, job, preview(as_employee, job))

        job.refresh_from_db()
        assert (job.done, job.unchanged) == (4, 1)
        assert state(former) == ("former", date(2020, 1, 1))

    def test_refuses_when_another_relation_was_archived_since_and_says_what_differs(
        self, as_employee, employee, relations
    ):
        """B2"""
        job = frozen(relations, employee)
        shown = preview(as_employee, job)
        archive(relations[0], by=employee)

        response = confirm(as_employee, job, shown)

        assert response.status_code == 409
        assert "wijzigen: nu 3, eerst 4." in response.content.decode()
        assert Job.objects.get(pk=job.pk).is_draft
        assert state(relations[1]) == ("client", None)

    def test_refuses_when_one_left_and_one_came_so_that_the_numbers_are_the_same(
        self, as_employee, employee, relations
    ):
        """B2"""
        former = RelationFactory(status="former", former_since=SINCE)
        job = frozen([*relations, former], employee)
        shown = preview(as_employee, job)
        Relation.objects.filter(pk=former.pk).update(status="client", former_since=None)
        Relation.objects.filter(pk=relations[0].pk).update(status="former", former_since=SINCE)

        assert confirm(as_employee, job, shown).status_code == 409

    def test_refuses_another_date_than_was_shown(self, as_employee, employee, relations):
        job = frozen(relations, employee)

        response = confirm(as_employee, job, preview(as_employee, job), since=date(2025, 1, 1))

        assert response.status_code == 409
        assert Job.objects.get(pk=job.pk).is_draft

    def test_twice_runs_once(self, as_employee, employee, relations):
        job = frozen(relations, employee)
        shown = preview(as_employee, job)
        confirm(as_employee, job, shown)
        before = Relation.history.count()

        response = confirm(as_employee, job, shown)

        assert response.url == reverse("jobs:job", args=[job.pk])
        assert Relation.history.count() == before

    def test_in_another_tab_with_another_operation_leaves_one_that_ran(self, as_employee, employee, relations):
        job = frozen(relations, employee)
        shown = preview(as_employee, job)
        as_employee.post(reverse("relations:bulk_export", args=[job.pk]), {"format": "csv", "columns": ["number"]})

        confirm(as_employee, job, shown)

        job.refresh_from_db()
        assert job.operation == "export"
        assert state(relations[0]) == ("client", None)

    def test_can_be_undone(self, as_employee, employee, relations):
        prospect = RelationFactory(status="prospect")
        job = frozen([*relations, prospect], employee)
        confirm(as_employee, job, preview(as_employee, job))
        Relation.objects.filter(pk=relations[0].pk).update(status="client", former_since=None)

        undoing_job = undone(Job.objects.get(pk=job.pk), by=employee)

        assert undoing_job.done == 4
        assert state(prospect) == ("prospect", None)
        assert state(relations[0]) == ("client", None)

    def test_costs_as_many_queries_for_three_as_for_thirty(self, as_employee, employee):
        counts = []
        for number in (3, 30):
            job = frozen(RelationFactory.create_batch(number), employee)
            shown = preview(as_employee, job)
            with CaptureQueriesContext(connection) as captured:
                confirm(as_employee, job, shown)
            counts.append(len(captured))

        assert counts[0] == counts[1]
