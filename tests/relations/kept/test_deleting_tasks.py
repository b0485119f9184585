"""Deleting a task: it hangs on several relations at once, and its series ends with it (R51, R99, R103, R104)."""

from datetime import date

import pytest
from django.urls import reverse

from crm.core.drift import Drifted
from portals.models import TaskComment
from relations.kept.deleting import deletable, deleting
from relations.models import Deletion, DeletionReason, Task, TaskLink
from tests import factories
from tests.archiving.acting import archive
from tests.relations.kept.test_deleting import delete

pytestmark = pytest.mark.django_db
TASK = deletable.named("taken")


@pytest.fixture
def task():
    """Of two relations."""
    task = factories.TaskLinkFactory(task__subject="Jaarrekening opmaken", relation__name="Bakkerij De Korenaar").task
    factories.TaskLinkFactory(task=task, relation__name="Slagerij Hamers")
    return task


@pytest.fixture
def relation(task):
    return task.links.get(relation__name="Bakkerij De Korenaar").relation


@pytest.fixture
def other(task):
    return task.links.get(relation__name="Slagerij Hamers").relation


def address(task, relation):
    return reverse("relations:deletion", args=[relation.pk, "taken", task.pk])


class TestDialog:
    def test_names_the_other_relations_it_goes_from(self, as_admin, task, relation):
        """R99"""
        page = as_admin.get(address(task, relation))

        assert [shown.name for shown in page.context["others"]] == ["Slagerij Hamers"]
        assert page.context["along"] == []  # nobody knows its links as things of their own

    def test_tells_that_a_series_ends(self, as_admin, task, relation):
        ends = "de reeks eindigt hier"
        assert ends not in as_admin.get(address(task, relation)).text
        Task.objects.filter(pk=task.pk).update(rhythm="month", due_on=date(2026, 4, 1))

        assert ends in as_admin.get(address(task, relation)).text

    def test_is_reached_from_the_tab_and_from_the_task(self, as_employee, task, relation):
        """R104, R105: everybody has the menu; who may not is told whom to ask (R103)."""
        for page in (
            reverse("relations:relation_tab", args=[relation.pk, "taken"]),
            reverse("relations:task", args=[task.pk]),
        ):
            assert address(task, relation) in as_employee.get(page).text

        assert as_employee.get(address(task, relation)).status_code == 403


class TestDeleting:
    def test_takes_its_links_and_what_was_said_along(self, as_admin, task, relation, other):
        """R99"""
        factories.TaskCommentFactory(task=task, relation=relation, text="Hierbij de bon")
        kept = factories.TaskLinkFactory()

        answer = delete(as_admin, "taken", task, relation)

        assert answer.status_code == 302
        assert list(TaskLink.objects.all()) == [kept]
        assert list(Task.objects.all()) == [kept.task]
        assert not TaskComment.objects.exists()
        assert not Task.history.filter(id=task.pk).exists()
        assert not TaskLink.history.filter(task_id=task.pk).exists()

    def test_leaves_who_and_why_at_each_relation(self, as_admin, admin, task, relation, other):
        factories.TaskCommentFactory(task=task, relation=relation)

        delete(as_admin, "taken", task, relation, reason=DeletionReason.MISTAKE)

        left = Deletion.objects.order_by("relation__name")
        assert [(each.relation, each.by, each.reason) for each in left] == [
            (relation, admin, "mistake"),
            (other, admin, "mistake"),
        ]
        assert left[0].counts == {"portals.TaskComment": 1}

    def test_leaves_what_was_said_at_a_relation_that_it_was_moved_from(self, as_admin, task, relation):
        elsewhere = factories.TaskCommentFactory(task=task)

        delete(as_admin, "taken", task, relation)

        elsewhere.refresh_from_db()
        assert elsewhere.task is None


class TestRefused:
    def test_while_one_of_its_relations_is_in_the_archive(self, as_admin, admin, task, relation, other):
        archive(other, by=admin)

        answer = as_admin.get(address(task, relation))

        assert answer.status_code == 409
        assert "Slagerij Hamers" in answer.text
        with pytest.raises(deleting.Refusal):
            act(task, relation, admin)
        assert Task.objects.filter(pk=task.pk).exists()

    def test_while_one_of_them_is_hidden_from_who_deletes(self, as_admin, admin, task, relation, other):
        """No word tells which one."""
        type(other).objects.filter(pk=other.pk).update(restricted=True)

        answer = as_admin.get(address(task, relation))

        assert answer.status_code == 409
        assert "Slagerij Hamers" not in answer.text
        with pytest.raises(deleting.Refusal, match="niet mag zien"):
            act(task, relation, admin)
        assert Task.objects.filter(pk=task.pk).exists()

    @pytest.mark.parametrize("how", ["added", "instead"])
    def test_when_it_was_linked_to_another_relation_meanwhile(self, admin, task, relation, other, how):
        expected = deleting.plan(TASK, task.pk).fingerprint
        if how == "added":
            factories.TaskLinkFactory(task=task)
        else:
            TaskLink.objects.filter(task=task, relation=other).update(relation=factories.RelationFactory())

        with pytest.raises(Drifted):
            act(task, relation, admin, expected)

        assert Task.objects.filter(pk=task.pk).exists()


def act(task, relation, by, expected=None):
    expected = expected or deleting.plan(TASK, task.pk).fingerprint
    deleting.delete(TASK, task.pk, relation=relation, reason="double", expected=expected, by=by)
