"""The lists of tasks: my own, the team's, what is too late; and tasks on the page of a relation."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from relations.models import Task
from tests.archiving.acting import archive
from tests.factories import RelationFactory, TaskLinkFactory

pytestmark = pytest.mark.django_db
LIST = "/taken/"


def ask(client, **parameters):
    return [task.subject for task in client.get(LIST, parameters).context["listing"].rows]


def panel_of(relation):
    return reverse("relations:relation_tab", args=[relation.pk, "taken"])


def finish(client, task, **fields):
    return client.post(reverse("relations:task_finishing", args=[task.pk]), fields)


class TestLists:
    @pytest.fixture(autouse=True)
    def tasks(self, employee):
        today = timezone.localdate()
        TaskLinkFactory(task__subject="van mij", task__assignee=employee, task__due_on=today)
        TaskLinkFactory(task__subject="te laat", task__due_on=today - timedelta(days=1))
        TaskLinkFactory(task__subject="ooit", task__kind="support")
        TaskLinkFactory(task__subject="elk kwartaal", task__due_on=today + timedelta(days=60), task__rhythm="quarter")

    def test_of_my_own_show_what_is_assigned_to_me(self, as_employee):
        assert ask(as_employee, assignee="me") == ["van mij"]

    @pytest.mark.parametrize(
        ("asked", "found"),
        [
            ({"due": "overdue"}, ["te laat"]),
            ({"due": "today"}, ["van mij"]),
            ({"due": "week"}, ["te laat", "van mij"]),
            ({"due": "none"}, ["ooit"]),
            ({"repeats": "yes"}, ["elk kwartaal"]),
            ({"repeats": "no", "due": "none"}, ["ooit"]),
        ],
    )
    def test_are_filtered_by_when_they_are_due(self, as_employee, asked, found):
        assert ask(as_employee, **asked) == found

    @pytest.mark.parametrize("wrong", [{"due": "morgen"}, {"repeats": "x"}, {"assignee": "mij"}])
    def test_show_nothing_for_a_value_they_do_not_know(self, as_employee, wrong):
        """B3"""
        assert as_employee.get(LIST, wrong).status_code == 400
        assert ask(as_employee, **wrong) == []

    def test_are_counted_in_their_tabs(self, as_employee):
        tabs = as_employee.get(LIST, {"assignee": "me"}).context["tabs"]

        assert [tab.count for tab in tabs] == [1, 4, 1, 3, 1]
        assert [tab.is_current for tab in tabs] == [True, False, False, False, False]
        assert [as_employee.get(LIST + tab.url).context["listing"].count for tab in tabs] == [1, 4, 1, 3, 1]

    def test_mark_what_is_too_late(self, as_employee):
        rows = as_employee.get(LIST).context["listing"].rows

        assert [task.subject for task in rows if task.is_late] == ["te laat"]


class TestThePanelOfARelation:
    def test_finishes_a_task_and_comes_back(self, as_employee):
        link = TaskLinkFactory()
        page = panel_of(link.relation)

        answer = finish(as_employee, link.task, next=page)

        assert answer.url == page
        assert Task.objects.get().done_at

    def test_comes_back_to_pages_of_ours_only(self, as_employee):
        link = TaskLinkFactory()

        answer = finish(as_employee, link.task, next="https://elders.example/")

        assert answer.url == reverse("relations:task", args=[link.task_id])

    def test_offers_a_new_task_of_this_relation(self, as_employee):
        relation = RelationFactory()

        actions = dict(as_employee.get(panel_of(relation)).context["panel_actions"])
        page = as_employee.get(actions["Nieuwe taak"])

        assert f"{relation.number} {relation.name}" in page.content.decode()

    def test_of_an_archived_relation_finishes_and_adds_nothing(self, as_employee, employee):
        """R14, 1F: tasks of an archived relation can be finished, no new ones can be added"""
        link = TaskLinkFactory()
        archive(link.relation, by=employee)

        page = as_employee.get(panel_of(link.relation))
        finish(as_employee, link.task, next=panel_of(link.relation))

        assert page.context["panel_actions"] == []
        assert reverse("relations:task_finishing", args=[link.task_id]) in page.content.decode()
        assert Task.objects.get().done_at

    def test_takes_as_many_queries_for_many(self, as_employee):
        relation, counts = RelationFactory(), []
        for size in (3, 30):
            TaskLinkFactory.create_batch(size, relation=relation)
            with CaptureQueriesContext(connection) as queries:
                as_employee.get(panel_of(relation))
            counts.append(len(queries))

        assert counts[0] == counts[1]
