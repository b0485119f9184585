"""Carries out a job, chunk by chunk: exactly once an item, by any number of workers, whatever is killed (B4).

A chunk is one transaction: lock the next waiting items (SKIP LOCKED), do the work, write their outcomes and the counts.
A worker that dies takes its chunk back with it. A chunk that fails is tried again in halves until the row that is the
cause stands alone and is reported; it never sinks the others.
"""

import logging
import time
from collections import Counter

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, OperationalError, connection, transaction
from django.db.models import Case, Exists, F, JSONField, OuterRef, Value, When
from django.utils import timezone

from crm.core.refusals import Refusal, require
from crm.jobs.models import ItemState, Job, JobItem, JobState
from crm.jobs.operations import Result, operation_of

logger = logging.getLogger(__name__)
BUSY = ("40P01", "40001", "55P03")  # deadlock, serialisation, lock: the same chunk may well succeed a moment later
TRIES = 5
CAUSES = {"AR001": Result(ItemState.SKIPPED, "ARCHIVED"), "AR002": Result(ItemState.SKIPPED, "ERASED")}


def run(job_id):
    """Work on the job until nothing waits, it is stopped, or other workers have the rest."""
    now = timezone.now()
    Job.objects.unfinished().filter(pk=job_id, started_at=None).update(started_at=now)
    Job.objects.unfinished().filter(pk=job_id).update(state=JobState.RUNNING, heartbeat_at=now)
    _Run(job_id).to_the_end()


class _Run:
    """One worker's way through the items of a job, in the order of their relations' keys."""

    def __init__(self, job_id):
        self.job_id = job_id
        self.size = settings.JOBS_CHUNK
        self.tries = 0
        self.after = 0  # where the next chunk begins
        self.progress = 0  # items that got an outcome since the start was last at `after` 0
        self.is_last_turn = False  # what is "not yet" now will not be helped by the others

    def to_the_end(self):
        while job := self._job():
            begun = time.monotonic()
            try:
                items = self._chunk(job)
            except PermissionDenied:
                _close(job, Result(ItemState.SKIPPED, "NO_RIGHT"))
            else:
                if items is not None and not self._go_on(job, items, time.monotonic() - begun):
                    return

    def _job(self):
        """Read anew, with the rights of its employee, while it should run."""
        return Job.objects.select_related("by").filter(pk=self.job_id, state=JobState.RUNNING).first()

    # --- one chunk ---------------------------------------------------------------------------------------------------

    def _chunk(self, job):
        """The items that got their turn; [] when there are none to take, None when the chunk was undone."""
        items = []
        try:
            with transaction.atomic():
                require(job.by, operation_of(job).permission)
                items += self._take(job)
                if items:
                    self._record(job, items, operation_of(job).run(job, items) or {})
        except PermissionDenied:
            raise
        except OperationalError as error:
            return self._wait(job, items, error)
        except Exception as error:  # whatever an operation raises, the other rows go on
            return self._isolate(job, items, error)
        return items

    def _take(self, job):
        waiting = job.items.filter(state=ItemState.WAITING, target__gt=self.after).order_by("target")
        return list(waiting.select_for_update(skip_locked=True)[: self.size])

    def _record(self, job, items, results):
        done = Result(ItemState.DONE)
        outcomes = {item.pk: self._final(results.get(item.pk, done)) for item in items}
        record(job, {pk: result for pk, result in outcomes.items() if result.state != ItemState.WAITING})
        self.progress += sum(result.state != ItemState.WAITING for result in outcomes.values())

    def _final(self, result):
        if result.state == ItemState.WAITING and self.is_last_turn:
            return Result(ItemState.SKIPPED, result.reason)
        return result

    # --- what comes next ---------------------------------------------------------------------------------------------

    def _go_on(self, job, items, seconds):
        """Whether there may be more to do."""
        if items:
            self.after, self.tries = items[-1].target_id, 0
            self.size = _paced(self.size, seconds)
            return True
        if self.after:  # once more from the start, for what was "not yet" and what another worker gave back
            self.after, self.is_last_turn, self.progress = 0, not self.progress, 0
            return True
        _finish(job)
        return False

    def _wait(self, job, items, error):
        """Somebody else was in the way: the same again in a moment. A lost connection is for the reviver."""
        if getattr(error.__cause__, "sqlstate", None) not in BUSY:
            raise error
        self.tries += 1
        if self.tries < TRIES:
            time.sleep(0.05 * 2**self.tries)
            return None
        self.tries = 0
        return self._isolate(job, items, error)

    def _isolate(self, job, items, error):
        """A smaller chunk next; the row that fails alone gets its outcome."""
        if len(items) > 1:
            self.size = len(items) // 2
            return None
        if not items:
            raise error
        result = _result_of(error)
        if result.state == ItemState.FAILED:
            logger.error("job %s, item %s: %s", job.pk, items[0].pk, type(error).__name__)
        with transaction.atomic():
            record(job, {items[0].pk: result})
        self.progress += 1
        return items


def record(job, results):
    """Write {item id: Result} and count them; in the transaction of the work itself."""
    pks, states, reasons = list(results), [r.state for r in results.values()], [r.reason for r in results.values()]
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {JobItem._meta.db_table} item SET state = result.state, reason = result.reason "
            "FROM unnest(%s::bigint[], %s::text[], %s::text[]) AS result(id, state, reason) WHERE item.id = result.id",
            [pks, [str(state) for state in states], reasons],
        )
    counts = {str(state): F(str(state)) + count for state, count in Counter(states).items()}
    Job.objects.filter(pk=job.pk).update(heartbeat_at=timezone.now(), **counts)


def _close(job, result):
    """Every item that still waits gets this outcome."""
    with transaction.atomic():
        closed = job.items.filter(state=ItemState.WAITING).update(state=result.state, reason=result.reason)
        Job.objects.filter(pk=job.pk).update(**{str(result.state): F(str(result.state)) + closed})


def _finish(job):
    """Unless another worker still has items. The parameters go when nothing is left to try again."""
    now = timezone.now()
    waiting = JobItem.objects.filter(job=OuterRef("pk"), state=ItemState.WAITING)
    nothing = Value({}, JSONField())
    Job.objects.filter(pk=job.pk, state=JobState.RUNNING).exclude(Exists(waiting)).update(
        state=JobState.DONE,
        finished_at=now,
        heartbeat_at=now,
        parameters=Case(When(failed=0, then=nothing), default=F("parameters"), output_field=JSONField()),
    )


def _paced(size, seconds):
    """The size of the next chunk: about a second's work, which is how long its locks are held."""
    wanted = int(size * settings.JOBS_CHUNK_SECONDS / max(seconds, 0.001))
    return max(1, min(wanted, size * 2, settings.JOBS_CHUNK_MOST))


def _result_of(error):
    """What is told of the one row that failed."""
    if isinstance(error, Refusal):
        return Result(ItemState.SKIPPED, getattr(error, "code", "REFUSED"))
    state = getattr(error.__cause__, "sqlstate", None)
    if state in CAUSES:
        return CAUSES[state]
    if state in BUSY:
        return Result(ItemState.FAILED, "BUSY")
    return Result(ItemState.FAILED, "CONSTRAINT" if isinstance(error, DatabaseError) else "ERROR")
