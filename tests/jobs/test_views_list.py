"""Beheer / Opdrachten: the jobs of an employee, and everybody's for administrators."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from crm.jobs.models import JobState
from crm.jobs.operations import Undo
from tests.factories import EmployeeFactory
from tests.jobs.jobs import ended_job, fill, job_over, waiting_job

pytestmark = pytest.mark.django_db
LIST = "/beheer/opdrachten/"


@pytest.fixture(autouse=True)
def known(operation):
    return operation()


def shown(response):
    return [row.job for row in response.context["listing"].rows]


class TestJobList:
    def test_shows_ones_own_latest_first(self, as_employee, employee):
        first, second = ended_job(employee, done=1), waiting_job(2, employee)
        ended_job(EmployeeFactory(), done=1)
        job_over(1, employee)

        assert shown(as_employee.get(LIST)) == [second, first]

    def test_shows_administrators_everybodys(self, as_admin, employee, admin):
        jobs = [ended_job(employee, done=1), ended_job(admin, done=1)]

        assert shown(as_admin.get(LIST)) == jobs[::-1]

    def test_tells_what_came_of_it(self, as_employee, employee, operation):
        operation(undo=Undo("test", fill, lambda draft: None))
        ended_job(employee, done=2, skipped=1)

        page = as_employee.get(LIST).text

        assert "2 getest," in page
        assert "1 overgeslagen" in page
        assert "ongedaan te maken tot" in page

    def test_can_be_filtered(self, as_admin, employee, admin):
        own, other = ended_job(admin, done=1), waiting_job(1, employee)

        assert shown(as_admin.get(LIST, {"state": "done"})) == [own]
        assert shown(as_admin.get(LIST, {"by": str(employee.pk)})) == [other]
        assert shown(as_admin.get(LIST, {"operation": "test"})) == [other, own]

    def test_can_be_sorted(self, as_employee, employee):
        small, large = ended_job(employee, done=1), ended_job(employee, done=3)

        assert shown(as_employee.get(LIST, {"sort": "-total"})) == [large, small]
        assert shown(as_employee.get(LIST, {"sort": "total"})) == [small, large]

    @pytest.mark.parametrize(
        "query", [{"state": "x"}, {"state": "draft"}, {"operation": "x"}, {"by": "1"}, {"page": "9"}]
    )
    def test_refuses_an_address_it_does_not_know(self, as_employee, employee, query):
        """B3; whose jobs they are is not asked of who sees only their own."""
        ended_job(employee, done=1)

        response = as_employee.get(LIST, query)

        assert response.status_code == 400
        assert shown(response) == []

    def test_stands_in_the_menu(self, as_employee, employee):
        assert f'href="{reverse("jobs:job_list")}"' in as_employee.get(LIST).text

    def test_takes_the_same_number_of_queries_for_3_and_30_rows(self, as_employee, employee, operation):
        operation(undo=Undo("test", fill, lambda draft: None))

        def queries():
            with CaptureQueriesContext(connection) as captured:
                as_employee.get(LIST)
            return len(captured)

        [ended_job(employee, done=1) for _number in range(3)]
        queries()
        few = queries()
        [ended_job(employee, done=1) for _number in range(27)]
        queries()

        assert queries() == few


class TestHead:
    """Of every page: what runs, and what ended unseen."""

    PAGE = "/relaties/"

    def test_tells_how_far_ones_job_is(self, as_employee, employee):
        job = waiting_job(3, employee)

        page = as_employee.get(self.PAGE).text

        assert 'aria-label="1 opdracht bezig · 0%"' in page
        assert f'href="{reverse("jobs:job", args=[job.pk])}"' in page
        assert 'hx-get="/beheer/opdrachten/bezig/"' in page

    def test_tells_that_it_ended_until_the_job_is_looked_at(self, as_employee, employee):
        job = ended_job(employee, done=3)

        assert "1 opdracht klaar" in as_employee.get(self.PAGE).text
        assert "1 opdracht klaar" not in as_employee.get(reverse("jobs:job", args=[job.pk])).text
        assert "1 opdracht klaar" not in as_employee.get(self.PAGE).text

    def test_tells_that_something_failed(self, as_employee, employee):
        ended_job(employee, done=3, failed=2)

        assert 'aria-label="1 opdracht klaar · 2 mislukt"' in as_employee.get(self.PAGE).text

    def test_leads_to_the_list_when_more_ended(self, as_employee, employee):
        ended_job(employee, done=3), ended_job(employee, done=3)

        assert "2 opdrachten klaar" in as_employee.get(self.PAGE).text
        as_employee.get(LIST)
        assert "opdrachten klaar" not in as_employee.get(self.PAGE).text

    def test_does_not_ask_again_when_nothing_runs(self, as_employee, employee):
        ended_job(employee, done=3), ended_job(employee, done=1, waiting=2), job_over(2, employee)

        assert "/beheer/opdrachten/bezig/" not in as_employee.get(self.PAGE).text

    def test_tells_nothing_of_a_colleague(self, as_admin, employee):
        waiting_job(3, employee)
        job = ended_job(employee, done=1)
        as_admin.get(reverse("jobs:job", args=[job.pk]))

        job.refresh_from_db()
        assert "opdracht" not in as_admin.get("/beheer/opdrachten/bezig/").text
        assert job.told_at is None

    def test_asks_one_question_more_of_the_database(self, as_employee, employee):
        with CaptureQueriesContext(connection) as captured:
            as_employee.get(self.PAGE)

        asked = [query["sql"] for query in captured if 'FROM "jobs_job"' in query["sql"]]
        assert len(asked) == 1

    def test_stops_asking_when_the_last_one_ended(self, as_employee, employee):
        ended_job(employee, done=3)

        fragment = as_employee.get("/beheer/opdrachten/bezig/").text

        assert "1 opdracht klaar" in fragment
        assert "hx-get" not in fragment


def test_a_stopped_job_is_told_by_nobody_but_its_page(as_employee, employee):
    job = waiting_job(1, employee)
    as_employee.post(reverse("jobs:stop", args=[job.pk]))

    job.refresh_from_db()
    assert job.state == JobState.STOPPED
    assert "opdracht" not in as_employee.get("/beheer/opdrachten/bezig/").text
