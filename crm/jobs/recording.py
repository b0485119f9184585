"""What came of items, written and counted in one place: the counts of a job always are those of its items (B4)."""

from collections import Counter, defaultdict

from django.db import connection
from django.db.models import Case, Exists, F, JSONField, OuterRef, Value, When
from django.db.models.functions import Greatest
from django.utils import timezone

from crm.jobs.models import ItemState, Job, JobItem, JobState


def record(job, results):
    """Write {item id: Result} and count them; in the transaction of the work itself, which holds these items.

    An item that the work took away (erasing takes the items of its relation along) is counted all the same.
    """
    outcomes, counts = defaultdict(list), Counter()
    for pk, result in results.items():
        outcomes[str(result.state), result.reason].append(pk)
        counts[str(result.state)] += 1
    if outcomes:
        _write(outcomes)
    added = {state: F(state) + count for state, count in counts.items()}
    Job.objects.filter(pk=job.pk).update(heartbeat_at=timezone.now(), **added)


def _write(outcomes):
    """{(state, reason): [item id]}: lists of numbers, which cost less to send than a word for every item."""
    rows = ", ".join(["(%s::bigint[], %s, %s)"] * len(outcomes))
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {JobItem._meta.db_table} item SET state = outcome.state, reason = outcome.reason "
            f"FROM (VALUES {rows}) AS outcome(ids, state, reason) WHERE item.id = ANY(outcome.ids)",
            [value for (state, reason), pks in outcomes.items() for value in (pks, state, reason)],
        )


def finish(job_id, state=JobState.RUNNING):
    """End a job that is in `state`, unless something still waits. The parameters go when nothing is left to try again.

    Items that went with an erased relation before they had their turn count as skipped.
    """
    now = timezone.now()
    waiting = JobItem.objects.filter(job=OuterRef("pk"), state=ItemState.WAITING)
    rest = F("total") - F("done") - F("unchanged") - F("failed")
    nothing = Value({}, JSONField())
    Job.objects.filter(pk=job_id, state=state).exclude(Exists(waiting)).update(
        state=JobState.DONE,
        finished_at=now,
        heartbeat_at=now,
        skipped=Greatest(F("skipped"), rest),
        parameters=Case(When(failed=0, then=nothing), default=F("parameters"), output_field=JSONField()),
    )


def close(job):
    """Finish a stopped `job`, which the caller holds at rest (running.py); what still waits is skipped."""
    rest = job.items.filter(state=ItemState.WAITING).update(state=ItemState.SKIPPED, reason="STOPPED")
    Job.objects.filter(pk=job.pk).update(skipped=F("skipped") + rest, told_at=timezone.now())
    finish(job.pk, JobState.STOPPED)


def overturn(job_id, reasons):
    """{relation id: code}: what was done turned out to have failed afterwards (a mail that came back).

    Whoever began the job is told once more.
    """
    Job.objects.select_for_update().get(pk=job_id)  # at rest (running.py), so that the counts are those of the items
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {JobItem._meta.db_table} item SET state = %s, reason = found.reason "
            "FROM unnest(%s::bigint[], %s::text[]) AS found(target, reason) "
            "WHERE item.job_id = %s AND item.target_id = found.target AND item.state = %s",
            [ItemState.FAILED, list(reasons), list(reasons.values()), job_id, ItemState.DONE],
        )
        count = cursor.rowcount
    tell_again = {"told_at": None} if count else {}
    Job.objects.filter(pk=job_id).update(done=F("done") - count, failed=F("failed") + count, **tell_again)
