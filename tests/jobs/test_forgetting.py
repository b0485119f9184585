"""What is not kept, and what works in the background besides the jobs themselves."""

from datetime import timedelta

import pytest
from django.utils import timezone

from crm.celery import app
from crm.jobs import forgetting, reviving, tasks
from crm.jobs.models import Job, JobItem, JobState
from tests.jobs.jobs import ended_job, job_over, waiting_job

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def small_helpings(monkeypatch):
    monkeypatch.setattr(forgetting, "ROWS", 2)


class TestDraft:
    def test_goes_after_a_day(self, employee, small_helpings):
        old, new = job_over(5, employee), job_over(1, employee)
        Job.objects.filter(pk=old.pk).update(created_at=NOW - timedelta(days=1, minutes=1))

        forgetting.forget_drafts()

        assert list(Job.objects.all()) == [new]
        assert JobItem.objects.get().job == new

    def test_that_was_confirmed_stays(self, employee):
        job = ended_job(employee, done=1)
        Job.objects.update(created_at=NOW - timedelta(days=400))

        forgetting.forget_drafts()

        assert Job.objects.get() == job


class TestValues:
    def old_job(self, by, **counts):
        job = ended_job(by, **counts)
        job.items.update(before={"city": "Ede"}, after={"city": "Epe"})
        ended = NOW - timedelta(days=31)
        finished = {} if counts.get("waiting") else {"finished_at": ended}
        Job.objects.filter(pk=job.pk).update(
            heartbeat_at=ended, origin="uit filter Ede", parameters={"city": "Epe"}, **finished
        )
        return job

    def test_go_when_they_cannot_be_undone_any_more(self, employee, small_helpings):
        """R32: what somebody was is not kept longer than it is of use."""
        job = self.old_job(employee, done=4, skipped=1)

        forgetting.forget_values()

        job.refresh_from_db()
        assert (job.origin, job.parameters, job.done, job.skipped) == ("", {}, 4, 1)
        assert set(job.items.values_list("before", "after")) == {(None, None)}

    def test_stay_until_then(self, employee):
        job = ended_job(employee, done=1)
        job.items.update(before={"city": "Ede"}, after={"city": "Epe"})

        forgetting.forget_values()

        assert job.items.get().before == {"city": "Ede"}

    def test_of_a_job_that_was_never_resumed_go_and_so_does_its_rest(self, employee):
        job = self.old_job(employee, done=1, waiting=2)

        forgetting.forget_values()

        job.refresh_from_db()
        assert (job.state, job.skipped) == (JobState.DONE, 2)
        assert job.items.filter(reason="STOPPED").count() == 2

    def test_are_looked_for_once(self, employee, django_assert_num_queries):
        self.old_job(employee, done=1)
        forgetting.forget_values()

        with django_assert_num_queries(1):
            forgetting.forget_values()


class TestStalled:
    def test_is_what_gave_no_sign_of_life(self, employee):
        silent, never = waiting_job(1, employee), waiting_job(1, employee)
        waiting_job(1, employee), ended_job(employee, done=1), ended_job(employee, waiting=1)
        long_ago = NOW - timedelta(minutes=5)
        Job.objects.filter(pk=silent.pk).update(state=JobState.RUNNING, heartbeat_at=long_ago)
        Job.objects.filter(pk=never.pk).update(confirmed_at=long_ago)

        assert reviving.take_stalled() == [silent.pk, never.pk]

    def test_is_given_out_once_in_a_while(self, employee):
        waiting_job(1, employee, confirmed_at=NOW - timedelta(minutes=5))

        assert len(reviving.take_stalled()) == 1
        assert reviving.take_stalled() == []

    def test_is_sent_to_the_workers_again(self, employee, operation):
        operation()
        job = waiting_job(3, employee, confirmed_at=NOW - timedelta(minutes=5))

        tasks.revive_jobs()

        job.refresh_from_db()
        assert job.state == JobState.DONE


class TestClock:
    def test_knows_every_task_of_its_plan(self):
        app.loader.import_default_modules()

        assert {entry["task"] for entry in app.conf.beat_schedule.values()} <= app.tasks.keys()
        assert "crm.jobs.tasks.run_job" in app.tasks
