"""What a person can still do about a job."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from crm.core.refusals import Refusal
from crm.jobs import steering
from crm.jobs.models import ItemState, Job, JobState
from crm.jobs.operations import Result
from tests.factories import EmployeeFactory
from tests.jobs.jobs import ended_job, job_over, waiting_job

pytestmark = pytest.mark.django_db


class TestStop:
    def test_stops_what_runs(self, employee):
        job = waiting_job(3, employee)

        steering.stop(job, by=employee)

        job.refresh_from_db()
        assert job.state == JobState.STOPPED

    def test_is_for_administrators_too(self, employee, admin):
        job = waiting_job(3, employee)

        steering.stop(job, by=admin)

        job.refresh_from_db()
        assert job.state == JobState.STOPPED

    def test_is_not_for_a_colleague(self, employee):
        with pytest.raises(PermissionDenied):
            steering.stop(waiting_job(3, employee), by=EmployeeFactory())

    def test_refuses_what_does_not_run(self, employee):
        for job in (ended_job(employee, done=1), ended_job(employee, waiting=1), job_over(1, employee)):
            with pytest.raises(Refusal):
                steering.stop(job, by=employee)


class TestResume:
    def test_does_the_rest(self, employee, operation):
        done = []
        operation(lambda job, items: done.extend(items))
        job = ended_job(employee, done=2, waiting=3)

        steering.resume(job, by=employee)

        job.refresh_from_db()
        assert (job.state, job.done, len(done), job.to_run) == (JobState.DONE, 5, 3, 3)

    @pytest.mark.parametrize("ends", [{"done": 1}, {"failed": 1}])
    def test_refuses_what_was_not_stopped(self, employee, operation, ends):
        operation()

        with pytest.raises(Refusal):
            steering.resume(ended_job(employee, **ends), by=employee)

    def test_is_for_who_began_it(self, employee, admin, operation):
        operation()

        with pytest.raises(PermissionDenied):
            steering.resume(ended_job(employee, waiting=1), by=admin)


class TestRetry:
    def test_gives_what_failed_another_turn(self, employee, operation):
        done = []
        operation(lambda job, items: done.extend(items))
        job = ended_job(employee, done=2, skipped=1, failed=3)

        steering.retry(job, by=employee)

        job.refresh_from_db()
        assert (job.state, job.done, job.skipped, job.failed, len(done)) == (JobState.DONE, 5, 1, 0, 3)

    def test_tells_again_that_it_ended(self, employee, operation):
        operation()
        job = ended_job(employee, failed=1)
        Job.objects.update(told_at=timezone.now())

        steering.retry(job, by=employee)

        job.refresh_from_db()
        assert job.told_at is None

    def test_refuses_when_there_is_nothing_to_try(self, employee, operation):
        operation()
        too_old = ended_job(employee, failed=1)
        Job.objects.filter(pk=too_old.pk).update(forgotten_at=timezone.now())
        undone = ended_job(employee, failed=1)
        waiting_job(1, employee, undoes=undone)

        for job in (ended_job(employee, done=1), ended_job(employee, failed=1, waiting=1), too_old, undone):
            with pytest.raises(Refusal):
                steering.retry(job, by=employee)


class TestGoOn:
    def test_freezes_the_relations_with_that_outcome(self, employee):
        job = ended_job(employee, done=2, skipped=3)
        skipped = job.items.filter(state=ItemState.SKIPPED)

        draft = steering.go_on(job, ItemState.SKIPPED, by=employee, origin="opdracht 1: overgeslagen")

        assert draft.is_draft
        assert set(draft.items.values_list("target", flat=True)) == set(skipped.values_list("target", flat=True))

    def test_refuses_a_draft_and_an_outcome_that_does_not_occur(self, employee):
        for job in (job_over(1, employee), ended_job(employee, done=2)):
            with pytest.raises(Refusal):
                steering.go_on(job, ItemState.FAILED, by=employee, origin="")


def test_a_result_of_an_operation_may_fail_without_a_reason(employee, operation):
    operation(lambda job, items: {item.pk: Result(ItemState.FAILED) for item in items})
    job = ended_job(employee, waiting=2)

    steering.resume(job, by=employee)

    job.refresh_from_db()
    assert job.failed == 2
