"""Moving the work of a frozen set to another relation (R49, R53, R102)."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from crm.jobs import freezing, running
from crm.jobs.models import Job, JobState
from relations.bulk import moving
from relations.bulk.moving import Work
from relations.models import ClientActivity, Note, Relation, TaskLink
from tests import factories
from tests.archiving.acting import archive
from tests.factories import RelationFactory, TaskLinkFactory

pytestmark = pytest.mark.django_db
OPEN = Work("open", False)
EVERYTHING = Work("all", True)


@pytest.fixture
def target():
    return RelationFactory(number="10518", name="Fysio Oost & West B.V.")


@pytest.fixture
def source():
    return RelationFactory()


def move(rows, to, by, work=EVERYTHING):
    return moving.move_work([row.pk for row in rows], to=to.pk, work=work, by=by)


def linked(task):
    return set(TaskLink.objects.filter(task=task).values_list("relation", flat=True))


class TestTasks:
    def test_that_are_open_move_in_one_step_and_done_ones_stay(self, source, target, employee):
        """R49, R53"""
        first, second = (TaskLinkFactory(relation=source).task for _ in range(2))
        done = TaskLinkFactory(relation=source, task__done_at=timezone.now()).task

        move([source], target, employee, OPEN)

        assert linked(first) == linked(second) == {target.pk}
        assert linked(done) == {source.pk}

    def test_that_are_done_move_when_all_were_asked_for(self, source, target, employee):
        done = TaskLinkFactory(relation=source, task__done_at=timezone.now()).task

        move([source], target, employee, Work("all", False))

        assert linked(done) == {target.pk}

    def test_keep_their_links_with_others(self, source, target, employee):
        link = TaskLinkFactory(relation=source)
        other = TaskLinkFactory(task=link.task).relation

        move([source], target, employee)

        assert linked(link.task) == {target.pk, other.pk}

    def test_of_both_only_lose_the_old_link(self, source, target, employee):
        link = TaskLinkFactory(relation=source)
        there = TaskLinkFactory(task=link.task, relation=target)

        move([source], target, employee)

        assert list(TaskLink.objects.filter(task=link.task)) == [there]
        assert TaskLink.history.filter(id=link.pk).first().history_type == "-"

    def test_of_several_relations_of_the_set_get_one_link(self, target, employee):
        link = TaskLinkFactory()
        other = TaskLinkFactory(task=link.task)

        move([link.relation, other.relation], target, employee)

        assert list(TaskLink.objects.filter(task=link.task).values_list("relation", flat=True)) == [target.pk]

    def test_leave_in_the_history_who_moved_them(self, source, target, employee):
        link = TaskLinkFactory(relation=source)

        move([source], target, employee)

        newest = TaskLink.history.filter(id=link.pk).first()
        assert (newest.history_user, newest.relation_id, newest.history_type) == (employee, target.pk, "~")


class TestActivities:
    def test_move_with_their_notes_and_attachments(self, source, target, employee):
        """R102"""
        activity = factories.ClientActivityFactory(relation=source)
        note = factories.NoteFactory(relation=source, activity=activity)
        attachment = factories.ActivityAttachmentFactory(activity=activity)
        own = factories.NoteFactory(relation=source)

        move([source], target, employee)

        assert ClientActivity.objects.get(pk=activity.pk).relation == target
        assert Note.objects.get(pk=note.pk).relation == target
        assert Note.objects.get(pk=own.pk).relation == source
        attachment.refresh_from_db()
        assert attachment.activity.relation == target
        assert ClientActivity.history.filter(id=activity.pk).first().history_user == employee

    def test_stay_when_only_tasks_were_asked_for(self, source, target, employee):
        activity = factories.ClientActivityFactory(relation=source)

        move([source], target, employee, OPEN)

        assert ClientActivity.objects.get(pk=activity.pk).relation == source

    def test_that_were_archived_by_themselves_stay_with_their_act(self, source, target, employee):
        activity = factories.ClientActivityFactory(relation=source, archived=True)

        move([source], target, employee)

        assert ClientActivity.objects.get(pk=activity.pk).relation == source


class TestMoving:
    def test_leaves_what_is_archived_alone(self, source, target, employee):
        link = TaskLinkFactory(relation=source)
        archive(source, by=employee)

        active, moved = move([source], target, employee)

        assert (active, moved) == (set(), set())
        assert linked(link.task) == {source.pk}

    def test_costs_as_many_statements_for_three_as_for_thirty(self, target, employee):
        counts = []
        employee.has_perm("relations.change_relation")  # remembered from here on
        for number in (3, 30):
            rows = RelationFactory.create_batch(number)
            for row in rows:
                TaskLinkFactory(relation=row)
                factories.ClientActivityFactory(relation=row)
            with CaptureQueriesContext(connection) as captured:
                move(rows, target, employee)
            counts.append(len(captured))

        assert counts[0] == counts[1]


class TestPage:
    @pytest.fixture
    def job(self, source, employee):
        idle = RelationFactory()
        TaskLinkFactory.create_batch(2, relation=source)
        shared = TaskLinkFactory(relation=source)
        TaskLinkFactory(task=shared.task, relation=RelationFactory())
        activity = factories.ClientActivityFactory(relation=source)
        factories.NoteFactory(relation=source, activity=activity)
        return freezing.freeze(Relation.objects.filter(pk__in=[source.pk, idle.pk]), by=employee)

    @staticmethod
    def send(client, job, step, **answers):
        body = {"to": "10518", "tasks": "open", "activities": "on"} | answers
        return client.post(reverse("relations:bulk_moving", args=[job.pk]), body | {"step": step})

    def test_counts_what_will_move(self, as_employee, job, target):
        shown = self.send(as_employee, job, "preview")

        assert shown.context["plan"].facts == {"tasks": 3, "activities": 1, "notes": 1}
        assert shown.context["plan"].counts == {"": 1, "NO_WORK": 1}

    def test_moves_exactly_that(self, as_employee, job, target):
        shown = self.send(as_employee, job, "preview")

        response = self.send(as_employee, job, "confirm", expected=shown.context["plan"].fingerprint)

        assert response.url == reverse("jobs:job", args=[job.pk])
        job.refresh_from_db()
        assert (job.done, job.unchanged, job.skipped) == (1, 1, 0)
        assert target.task_links.count() == 3
        assert target.activities.count() == 1

    def test_refuses_when_a_task_came_since(self, as_employee, job, source, target):
        """B2"""
        shown = self.send(as_employee, job, "preview")
        TaskLinkFactory(relation=source)

        response = self.send(as_employee, job, "confirm", expected=shown.context["plan"].fingerprint)

        assert response.status_code == 409
        assert target.task_links.count() == 0

    def test_refuses_one_of_the_set_as_the_other_relation(self, as_employee, job, source):
        response = self.send(as_employee, job, "preview", to=source.number)

        assert response.status_code == 422
        assert "een van de gekozen relaties" in response.content.decode()

    def test_refuses_an_archived_relation(self, as_employee, job, target, employee):
        archive(target, by=employee)

        assert self.send(as_employee, job, "preview").status_code == 422

    def test_refuses_to_move_nothing(self, as_employee, job, target):
        assert self.send(as_employee, job, "preview", tasks="", activities="").status_code == 422

    def test_skips_all_when_the_other_relation_was_archived_before_it_ran(self, job, target, employee, source):
        job.parameters = {"to": target.pk, "tasks": "open", "activities": False}
        job.by = employee
        archive(target, by=employee)

        results = moving.run(job, list(job.items.all()))

        assert {result.reason for result in results.values()} == {"TARGET_GONE"}
        assert Job.objects.get(pk=job.pk).is_draft
        assert source.task_links.count() == 3

    def test_moves_nothing_for_who_lost_the_right_to_bulk_edit_after_confirming(self, job, target, source, employee):
        """The right is asked for again when the job runs."""
        parameters = {"to": target.pk, "tasks": "open", "activities": False}
        Job.objects.filter(pk=job.pk).update(
            operation=moving.OPERATION, parameters=parameters, state=JobState.QUEUED, confirmed_at=timezone.now()
        )
        Group.objects.get(name="Medewerker").permissions.remove(Permission.objects.get(codename="use_bulk"))

        running.run(job.pk)

        assert set(job.items.values_list("state", "reason")) == {("skipped", "NO_RIGHT")}
        assert source.task_links.count() == 3
