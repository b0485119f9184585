"""Taking a job back: shown in true numbers, confirmed, done once (B1, B2)."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from crm.core.refusals import Refusal
from crm.jobs import steering, undoing
from crm.jobs.models import ItemState, Job, JobState
from crm.jobs.operations import Undo, named
from relations.models import Relation
from tests.factories import EmployeeFactory
from tests.jobs.jobs import ended_job, fill, undone, waiting_job

pytestmark = pytest.mark.django_db


class Marks:
    """How many of a draft cannot go back; a test sets it."""

    count = 0

    def __call__(self, draft):
        stay = draft.items.order_by("target_id").values_list("pk", flat=True)[: self.count]
        draft.items.filter(pk__in=list(stay)).update(state=ItemState.SKIPPED, reason="GONE")


@pytest.fixture
def marks():
    return Marks()


@pytest.fixture
def undoable(operation, marks):
    """Jobs can be undone, by the same operation."""
    return operation(undo=Undo("test", fill, marks))


class TestPropose:
    def test_shows_what_goes_back_and_what_does_not(self, employee, undoable, marks):
        marks.count = 1

        draft = undoing.propose(ended_job(employee, done=3, skipped=2), by=employee)

        assert draft.is_draft
        assert draft.preview["counts"] == {"waiting": 2, "skipped": 1}
        assert draft.preview["reasons"] == {"GONE": 1}

    def test_leaves_out_what_was_restricted_since(self, employee, undoable):
        job = ended_job(employee, done=3)
        Relation.objects.filter(pk=job.items.first().target_id).update(restricted=True)

        draft = undoing.propose(job, by=employee)

        assert draft.preview["reasons"] == {"RESTRICTED": 1}
        assert undoing.confirm(draft, by=employee).done == 2

    def test_undoes_nothing_yet(self, employee, undoable):
        job = ended_job(employee, done=2, waiting=1)

        undoing.propose(job, by=employee)

        assert not undoing.is_undone(Job.objects.get(pk=job.pk))
        steering.resume(job, by=employee)
        assert Job.objects.get(pk=job.pk).done == 3

    def test_takes_the_place_of_an_earlier_proposal(self, employee, admin, undoable):
        job = ended_job(employee, done=2)

        earlier, draft = undoing.propose(job, by=employee), undoing.propose(job, by=admin)

        assert Job.objects.get(undoes=job) == draft
        with pytest.raises(Refusal, match="opnieuw Ongedaan maken"):
            undoing.confirm(earlier, by=employee)

    @pytest.mark.parametrize("make", [lambda by: waiting_job(2, by), lambda by: ended_job(by, skipped=2)])
    def test_refuses_what_runs_or_changed_nothing(self, employee, undoable, make):
        with pytest.raises(Refusal):
            undoing.propose(make(employee), by=employee)

    def test_refuses_what_is_final(self, employee, operation):
        operation()

        with pytest.raises(Refusal, match="niet ongedaan"):
            undoing.propose(ended_job(employee, done=2), by=employee)

    def test_refuses_a_second_time(self, employee, undoable):
        job = ended_job(employee, done=2)
        undone(job, by=employee)

        with pytest.raises(Refusal, match="al ongedaan"):
            undoing.propose(job, by=employee)

    def test_refuses_after_the_time_for_it(self, employee, undoable, settings):
        job = ended_job(employee, done=2)
        ended = timezone.now() - timedelta(days=settings.JOBS_UNDO_DAYS, seconds=1)
        Job.objects.filter(pk=job.pk).update(finished_at=ended)
        job.refresh_from_db()

        with pytest.raises(Refusal, match="te lang geleden"):
            undoing.propose(job, by=employee)


class TestWhoMay:
    def test_the_one_who_began_it_and_an_administrator(self, employee, admin, undoable):
        job = ended_job(employee, done=2)

        with pytest.raises(PermissionDenied):
            undoing.propose(job, by=EmployeeFactory())
        assert undoing.propose(job, by=employee).by == employee
        assert undoing.propose(job, by=admin).by == admin

    def test_needs_the_right_of_what_takes_it_back(self, employee, operation, marks):
        """R3: archiving is for everybody, restoring is not."""
        operation(undo=Undo("restore", fill, marks))
        job = ended_job(employee, done=2)

        assert employee.has_perm(named("test").permission)
        with pytest.raises(PermissionDenied):
            undoing.propose(job, by=employee)

    def test_is_asked_again_when_it_is_confirmed(self, employee, undoable):
        job = ended_job(employee, done=2)
        draft = undoing.propose(job, by=employee)
        employee.groups.set([Group.objects.create(name="Niets")])

        with pytest.raises(PermissionDenied):
            undoing.confirm(draft, by=type(employee).objects.get(pk=employee.pk))
        assert Job.objects.get(pk=draft.pk).is_draft


class TestConfirm:
    def test_runs_what_was_shown(self, employee, undoable, marks):
        marks.count = 1
        job = ended_job(employee, done=3)

        undoing_job = undone(job, by=employee)

        assert (undoing_job.undoes, undoing_job.state) == (job, JobState.DONE)
        assert (undoing_job.done, undoing_job.skipped) == (2, 1)

    def test_twice_is_once(self, employee, undoable):
        draft = undoing.propose(ended_job(employee, done=2), by=employee)

        first, second = undoing.confirm(draft, by=employee), undoing.confirm(draft, by=employee)

        assert first == second
        assert first.done == 2

    def test_refuses_when_something_else_would_happen(self, employee, undoable, marks):
        """B2"""
        draft = undoing.propose(ended_job(employee, done=3), by=employee)
        marks.count = 1

        with pytest.raises(Refusal, match="opnieuw Ongedaan maken"):
            undoing.confirm(draft, by=employee)
        assert Job.objects.get(pk=draft.pk).is_draft

    def test_refuses_when_the_job_went_on_meanwhile(self, employee, undoable):
        job = ended_job(employee, done=2, waiting=1)
        draft = undoing.propose(job, by=employee)
        steering.resume(job, by=employee)

        with pytest.raises(Refusal, match="opnieuw Ongedaan maken"):
            undoing.confirm(Job.objects.get(pk=draft.pk), by=employee)

    def test_of_nothing_says_so(self, employee, undoable, marks):
        marks.count = 2

        with pytest.raises(Refusal, match="niets om ongedaan te maken"):
            undone(ended_job(employee, done=2), by=employee)

    def test_of_a_stopped_job_leaves_the_rest_for_good(self, employee, undoable):
        job = ended_job(employee, done=2, waiting=3)

        undone(job, by=employee)

        job.refresh_from_db()
        assert (job.state, job.done, job.skipped) == (JobState.DONE, 2, 3)
        assert set(job.items.filter(state=ItemState.SKIPPED).values_list("reason", flat=True)) == {"STOPPED"}

    def test_that_is_refused_leaves_a_stopped_job_as_it_was(self, employee, undoable, marks):
        """The rest of it can still be resumed."""
        marks.count = 2
        job = ended_job(employee, done=2, waiting=3)

        with pytest.raises(Refusal):
            undone(job, by=employee)

        job.refresh_from_db()
        assert (job.state, job.waiting) == (JobState.STOPPED, 3)
