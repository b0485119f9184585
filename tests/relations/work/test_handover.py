"""Handing over many tasks at once: a selection, a preview with true numbers, and exactly that."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from crm.core.refusals import Refusal
from relations.models import Task
from relations.work import reassigning
from tests.factories import EmployeeFactory, TaskLinkFactory

pytestmark = pytest.mark.django_db
TICK, HANDOVER = "/taken/selectie/", "/taken/overdracht/"


@pytest.fixture
def colleague():
    return EmployeeFactory(name="Sanne Bakker")


@pytest.fixture
def tasks(employee):
    return [link.task for link in TaskLinkFactory.create_batch(3, task__assignee=employee)]


def tick(client, tasks, query=""):
    keys = [task.pk for task in tasks]
    return client.post(TICK + query, {"act": "page", "shown": keys, "ticked": keys})


def preview(client, colleague, query=""):
    return client.post(HANDOVER + query, {"act": "preview", "colleague": colleague.pk})


def confirm(client, colleague, expected, query=""):
    fields = {"act": "confirm", "colleague": colleague.pk, "expected": expected}
    return client.post(HANDOVER + query, fields, follow=True)


class TestHandingOver:
    def test_gives_the_ticked_tasks_to_a_colleague(self, as_employee, employee, tasks, colleague):
        tick(as_employee, tasks[:2])

        shown = preview(as_employee, colleague).context
        answer = confirm(as_employee, colleague, shown["expected"])

        assert shown["forecast"].changes == 2
        assert "2 taken zijn overgedragen aan Sanne Bakker" in answer.content.decode()
        assert set(Task.objects.filter(assignee=colleague)) == set(tasks[:2])
        assert Task.objects.get(assignee=employee) == tasks[2]

    def test_writes_history_of_each(self, as_employee, employee, tasks, colleague):
        tick(as_employee, tasks)
        confirm(as_employee, colleague, preview(as_employee, colleague).context["expected"])

        rows = Task.history.filter(history_change_reason=reassigning.BECAUSE)
        assert {row.id for row in rows} == {task.pk for task in tasks}
        assert {(row.assignee_id, row.history_user_id) for row in rows} == {(colleague.pk, employee.pk)}

    def test_tells_beforehand_what_stays_as_it_is(self, as_employee, tasks, colleague):
        """B2"""
        Task.objects.filter(pk=tasks[0].pk).update(assignee=colleague)
        Task.objects.filter(pk=tasks[1].pk).update(done_at=timezone.now())
        tick(as_employee, tasks, "?state=all")

        forecast = preview(as_employee, colleague, "?state=all").context["forecast"]

        assert (forecast.total, forecast.already, forecast.finished, forecast.changes) == (3, 1, 1, 1)

    def test_of_everything_in_the_list_reaches_over_its_pages(self, as_employee, employee, colleague):
        TaskLinkFactory.create_batch(60, task__assignee=employee)
        as_employee.post(TICK, {"act": "all"})

        confirm(as_employee, colleague, preview(as_employee, colleague).context["expected"])

        assert Task.objects.filter(assignee=colleague).count() == 60

    def test_stops_when_other_tasks_than_were_shown_would_change(self, as_employee, tasks, colleague):
        """B2: one was finished between the preview and the confirmation"""
        tick(as_employee, tasks)
        expected = preview(as_employee, colleague).context["expected"]
        Task.objects.filter(pk=tasks[0].pk).update(done_at=timezone.now())

        answer = confirm(as_employee, colleague, expected)

        assert answer.status_code == 409
        assert not Task.objects.filter(assignee=colleague).exists()

    def test_twice_changes_nothing_more(self, as_employee, tasks, colleague):
        tick(as_employee, tasks)
        expected = preview(as_employee, colleague).context["expected"]
        confirm(as_employee, colleague, expected)

        assert confirm(as_employee, colleague, expected).status_code == 409
        assert Task.history.filter(history_change_reason=reassigning.BECAUSE).count() == 3

    def test_is_not_to_who_left(self, as_employee, employee, tasks):
        gone = EmployeeFactory(is_active=False)
        tick(as_employee, tasks)

        answer = preview(as_employee, gone)
        with pytest.raises(Refusal):
            reassigning.hand_over(Task.objects.all(), assignee=gone, expected="", by=employee)

        assert answer.status_code == 422

    def test_without_a_selection_says_so(self, as_employee, tasks):
        assert as_employee.get(HANDOVER).status_code == 409

    def test_at_an_address_it_does_not_know_does_nothing(self, as_employee, tasks, colleague):
        """B3"""
        assert preview(as_employee, colleague, "?assignee=0").status_code == 400

    def test_takes_as_many_statements_for_many(self, employee, colleague):
        counts = []
        assert employee.has_perm("relations.change_relation")  # asked before counting: it is remembered
        for size in (3, 30):
            TaskLinkFactory.create_batch(size, task__assignee=employee)
            rows = Task.objects.filter(assignee=employee)
            expected = reassigning.fingerprint_of(rows, colleague)
            with CaptureQueriesContext(connection) as queries:
                reassigning.hand_over(rows, assignee=colleague, expected=expected, by=employee)
            counts.append(len(queries))

        assert counts[0] == counts[1]


class TestTicking:
    def test_needs_the_right_to_change(self, client, tasks):
        reader = EmployeeFactory()
        reader.groups.clear()
        client.force_login(reader)

        assert tick(client, tasks).status_code == 403

    def test_is_forgotten_when_the_filter_changes(self, as_employee, tasks):
        tick(as_employee, tasks)

        assert as_employee.get("/taken/?kind=normal").context["selection"].count == 0
