"""The page of one job: how far it is, what came of each relation, and the buttons (R60, B4)."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from crm.jobs import freezing
from crm.jobs.models import ItemState, Job, JobState
from crm.jobs.operations import Undo
from relations.models import Relation
from tests.factories import EmployeeFactory, RelationFactory
from tests.jobs.jobs import ended_job, fill, job_over, waiting_job

pytestmark = pytest.mark.django_db


def page(job, name="job", *more):
    return reverse(f"jobs:{name}", args=[job.pk, *more])


@pytest.fixture(autouse=True)
def known(operation):
    return operation(reasons={"GONE": "bestaat niet meer"})


class TestJobPage:
    def test_tells_what_who_when_and_from_where(self, as_employee, employee):
        job = ended_job(employee, done=2, skipped=1)
        Job.objects.update(origin="uit filter Inactief sinds 2024")

        shown = as_employee.get(page(job)).text

        assert "<h1>Testen</h1>" in shown
        assert f"Opdracht {job.pk} · gestart door Marieke de Wit" in shown
        assert "uit filter Inactief sinds 2024" in shown
        assert "<strong>2</strong><span>getest</span>" in shown

    def test_is_for_who_may_not_change_many_at_once_too(self, client, employee):
        """R2: whoever archives one relation is led here, for that is a job as well."""
        job = ended_job(employee, done=2)
        employee.groups.get().permissions.remove(Permission.objects.get(codename="use_bulk"))
        client.force_login(employee)

        shown = client.get(page(job))

        assert shown.status_code == 200
        assert page(job, "go_on") not in shown.text
        assert client.post(page(job, "go_on"), {"outcome": "done"}).status_code == 403

    def test_begins_with_what_needs_attention(self, as_employee, employee):
        job = ended_job(employee, done=2, skipped=1)
        skipped = job.items.get(state=ItemState.SKIPPED).target

        response = as_employee.get(page(job))

        assert [item.target for item in response.context["page"].rows] == [skipped]
        assert "Overgeslagen: bestaat niet meer" in response.text

    def test_shows_the_relations_of_another_outcome(self, as_employee, employee):
        job = ended_job(employee, done=2, skipped=1)

        response = as_employee.get(page(job), {"outcome": "done"})

        assert {item.state for item in response.context["page"].rows} == {ItemState.DONE}

    @pytest.mark.parametrize("query", ["outcome=x", "outcome=waiting", "outcome=done&outcome=failed", "colour=red"])
    def test_refuses_an_address_it_does_not_know(self, as_employee, employee, query):
        """B3"""
        assert as_employee.get(f"{page(ended_job(employee, done=1))}?{query}").status_code == 400

    def test_of_a_colleague_is_not_there(self, as_employee):
        assert as_employee.get(page(ended_job(EmployeeFactory(), done=1))).status_code == 404

    def test_of_everybody_is_there_for_administrators(self, as_admin, employee):
        assert as_admin.get(page(ended_job(employee, done=1))).status_code == 200

    def test_of_an_operation_that_is_gone_is_still_shown(self, as_employee, employee):
        job = ended_job(employee, done=1, skipped=1)
        Job.objects.update(operation="gone")

        assert "<h1>gone</h1>" in as_employee.get(page(job)).text

    def test_takes_the_same_number_of_queries_for_3_and_30_rows(self, as_employee, employee):
        def queries(job):
            with CaptureQueriesContext(connection) as captured:
                as_employee.get(page(job))
            return len(captured)

        small, large = ended_job(employee, done=3), ended_job(employee, done=30)
        Job.objects.update(told_at=timezone.now())

        assert queries(small) == queries(large)

    def test_of_a_draft_leads_to_where_one_goes_on(self, as_employee, employee, operation):
        operation(start="jobs:targets")
        job = job_over(2, employee)

        response = as_employee.get(page(job))

        assert "er is niets gewijzigd" in response.text
        assert response.context["next_url"] == page(job, "targets")


class TestProgress:
    def test_is_asked_for_again_while_the_job_runs(self, as_employee, employee):
        job = waiting_job(10, employee)

        assert f'hx-get="{page(job, "progress")}"' in as_employee.get(page(job)).text

    def test_is_not_asked_for_when_it_has_ended(self, as_employee, employee):
        for job in (ended_job(employee, done=1), ended_job(employee, done=1, waiting=1)):
            assert page(job, "progress") not in as_employee.get(page(job)).text

    def test_tells_how_far_and_how_long(self, as_employee, employee):
        job = waiting_job(100, employee)
        Job.objects.update(state=JobState.RUNNING, done=50, started_at=timezone.now() - timedelta(seconds=10))

        shown = as_employee.get(page(job, "progress")).text

        assert 'aria-valuenow="50"' in shown
        assert "5 per seconde" in shown or "4 per seconde" in shown
        assert "te gaan · ± 10 s" in shown
        Job.objects.update(done=0)

    def test_asks_for_the_whole_page_when_the_job_has_ended(self, as_employee, employee):
        answer = as_employee.get(page(ended_job(employee, done=1), "progress"))

        assert answer["HX-Refresh"] == "true"

    def test_takes_one_query_besides_those_of_the_employee(self, as_employee, employee):
        """At most 10 ms, 1 query"""
        job = waiting_job(10, employee)

        with CaptureQueriesContext(connection) as captured:
            as_employee.get(page(job, "progress"))

        assert len([q for q in captured if "jobs_job" in q["sql"] and "permission" not in q["sql"]]) == 1
        assert len(captured) <= 5  # session, employee, two of rights


class TestTargets:
    """Toon relaties (R65)"""

    def test_pages_through_exactly_the_set(self, as_employee, employee):
        job = job_over(120, employee)
        frozen, seen = list(job.items.order_by("target_id").values_list("target", flat=True)), []
        job_over(3, employee)

        address = page(job, "targets")
        while address:
            shown = as_employee.get(address).context["page"]
            seen.append([item.target_id for item in shown.rows])
            address = shown.next_url and page(job, "targets") + shown.next_url

        assert [len(rows) for rows in seen] == [50, 50, 20]
        assert [key for rows in seen for key in rows] == frozen

    def test_leads_back_as_well(self, as_employee, employee):
        job = job_over(120, employee)
        rows = list(job.items.order_by("target_id").values_list("target", flat=True))

        shown = as_employee.get(page(job, "targets"), {"before": rows[100]}).context["page"]

        assert [item.target_id for item in shown.rows] == rows[50:100]
        assert (shown.first, shown.last, shown.count) == (51, 100, 120)

    def test_says_what_became_of_them(self, as_employee, employee):
        relations = [RelationFactory(archived=True), RelationFactory(), RelationFactory()]
        chosen = Relation.objects.filter(pk__in=[relation.pk for relation in relations])
        job = freezing.freeze(chosen, by=employee, operation="test")
        job.items.get(target=relations[1]).delete()

        shown = as_employee.get(page(job, "targets")).text

        assert "gearchiveerd" in shown
        assert "definitief verwijderd" in shown
        assert "3 relaties, precies zoals gekozen" in shown

    def test_of_a_draft_are_for_who_made_it(self, as_admin, client, employee):
        job = job_over(2, employee)

        assert as_admin.get(page(job, "targets")).status_code == 404
        client.force_login(employee)
        assert client.get(page(job, "targets")).status_code == 200

    @pytest.mark.parametrize(
        "query", ["after=x", "after=1&before=2", "after=1&after=2", "page=2", "after=-1", "after=٣"]
    )
    def test_refuse_an_address_they_do_not_know(self, as_employee, employee, query):
        assert as_employee.get(f"{page(job_over(1, employee), 'targets')}?{query}").status_code == 400


class TestButtons:
    def test_stop_and_resume(self, as_employee, employee):
        job = waiting_job(3, employee)

        stopped = as_employee.post(page(job, "stop"), follow=True)
        resumed = as_employee.post(page(job, "resume"), follow=True)

        assert "Hervatten" in stopped.text
        assert "Stoppen" not in resumed.text
        assert Job.objects.get().state == JobState.DONE

    def test_retry(self, as_employee, employee):
        job = ended_job(employee, failed=2)

        assert "Opnieuw proberen voor mislukte" in as_employee.get(page(job)).text
        as_employee.post(page(job, "retry"))

        assert Job.objects.get().done == 2

    def test_undo(self, as_employee, employee, operation):
        operation(undo=Undo("test", fill, lambda draft: None))
        job = ended_job(employee, done=2)

        before = as_employee.get(page(job)).text
        proposal = as_employee.post(page(job, "undo"), follow=True).text
        draft = Job.objects.get(undoes=job)
        still = as_employee.get(page(job)).text
        answer = as_employee.post(page(draft, "undo_confirmation"))
        after = as_employee.get(page(job)).text

        assert answer.url == page(draft)
        assert "U kunt dit ongedaan maken tot" in before
        assert "Ongedaan maken voor 2 relaties" in proposal
        assert page(job, "undo") in still
        assert "Deze opdracht is ongedaan gemaakt." in after
        assert page(job, "undo") not in after

    def test_undo_says_whom_to_ask(self, as_employee, employee, operation):
        """R3: what takes it back is for administrators."""
        operation(undo=Undo("restore", fill, lambda draft: None))
        job = ended_job(employee, done=2)

        shown = as_employee.get(page(job)).text

        assert "kan een beheerder dat wel" in shown
        assert page(job, "undo") not in shown
        assert as_employee.post(page(job, "undo")).status_code == 403

    def test_that_come_too_late_say_so(self, as_employee, employee):
        job = ended_job(employee, done=2)

        for name in ("stop", "resume", "retry", "undo"):
            assert as_employee.post(page(job, name)).status_code == 409

    @pytest.mark.parametrize("name", ["stop", "resume", "retry", "undo", "go_on"])
    def test_do_nothing_to_the_job_of_a_colleague(self, as_employee, name):
        assert as_employee.post(page(ended_job(EmployeeFactory(), failed=1, waiting=1), name)).status_code == 404

    def test_of_a_job_that_is_done_by_hand_lead_to_that_page(self, as_employee, employee, operation):
        operation(by_hand="jobs:targets")

        shown = as_employee.get(page(ended_job(employee, done=1, waiting=1))).text

        assert "Verder" in shown
        assert "Hervatten" not in shown


class TestGoOn:
    def test_freezes_those_with_the_outcome_and_leads_to_the_choice(self, as_employee, employee, monkeypatch):
        monkeypatch.setattr("crm.jobs.views.steering.redirect", lambda name, pk: redirected(name, pk))
        job = ended_job(employee, done=1, skipped=2)

        answer = as_employee.post(page(job, "go_on"), {"outcome": "skipped"})

        draft = Job.objects.get(state=JobState.DRAFT)
        assert answer.text == f"relations:bulk_menu {draft.pk}"
        assert set(draft.items.values_list("target", flat=True)) == set(
            job.items.filter(state=ItemState.SKIPPED).values_list("target", flat=True)
        )
        assert draft.origin == f"opdracht {job.pk}: overgeslagen"

    def test_can_lead_straight_to_a_selection(self, as_employee, employee):
        """R59"""
        job = ended_job(employee, done=1, skipped=2)

        answer = as_employee.post(page(job, "go_on"), {"outcome": "skipped", "goal": "selection"})

        assert answer.url == reverse("relations:bulk_adding", args=[Job.objects.get(state=JobState.DRAFT).pk])

    @pytest.mark.parametrize(("outcome", "status"), [("x", 400), ("", 400), ("failed", 400)])
    def test_refuses_an_outcome_that_does_not_occur(self, as_employee, employee, outcome, status):
        job = ended_job(employee, done=1, skipped=2)

        assert as_employee.post(page(job, "go_on"), {"outcome": outcome}).status_code == status
        assert not Job.objects.filter(state=JobState.DRAFT).exists()


def redirected(name, pk):
    return HttpResponse(f"{name} {pk}")
