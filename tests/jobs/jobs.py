"""Jobs to run in a test."""

from collections import Counter

from django.utils import timezone

from crm.jobs import freezing, undoing
from crm.jobs.models import OUTCOMES, ItemState, Job, JobItem, JobState
from relations.models import Relation
from tests.factories import RelationFactory


def job_over(count, by, operation="test"):
    """A draft of new relations."""
    relations = Relation.objects.bulk_create(RelationFactory.build_batch(count))
    chosen = Relation.objects.filter(pk__in=[relation.pk for relation in relations])
    return freezing.freeze(chosen, by=by, operation=operation)


def waiting_job(count, by, **fields):
    """Confirmed, and not begun."""
    job = job_over(count, by)
    fields = {"state": JobState.QUEUED, "confirmed_at": timezone.now(), "to_run": count} | fields
    Job.objects.filter(pk=job.pk).update(**fields)
    job.refresh_from_db()
    return job


def ended_job(by, *, waiting=0, **counts):
    """Finished, or stopped when some wait, with so many items of each outcome: `done=3, skipped=1`."""
    job = waiting_job(waiting + sum(counts.values()), by)
    items = iter(job.items.order_by("target_id"))
    for state, count in counts.items():
        for _number in range(count):
            item = next(items)
            item.state, item.reason = state, "GONE" if state in ("skipped", "failed") else ""
            item.save()
    ends = {"state": JobState.STOPPED} if waiting else {"state": JobState.DONE, "finished_at": timezone.now()}
    Job.objects.filter(pk=job.pk).update(**ends, **counts, heartbeat_at=timezone.now())
    job.refresh_from_db()
    return job


def fill(job, draft):
    """For an operation whose undoing is about everything that was done."""
    done = job.items.filter(state=ItemState.DONE).values_list("target", flat=True)
    JobItem.objects.bulk_create(JobItem(job=draft, target_id=key) for key in done)


def undone(job, *, by):
    """The job that took `job` back, as the pages do it."""
    return undoing.confirm(undoing.propose(job, by=by), by=by)


def assert_counts_are_those_of_the_items(job):
    job.refresh_from_db()
    found = Counter(job.items.values_list("state", flat=True))
    assert {state: getattr(job, state) for state in OUTCOMES} == {state: found[state] for state in OUTCOMES}
    assert job.waiting == found["waiting"]
