"""Carries out a job, chunk by chunk: exactly once an item, by any number of workers, whatever is killed (B4).

A chunk is one transaction: lock the next waiting items and their relations (SKIP LOCKED: what somebody else works on
comes later), do the work, write their outcomes and the counts. A worker that dies takes its chunk back with it. A chunk
that fails is tried again in halves until the row that is the cause stands alone and is reported; it never sinks the
others. All the while the job's own row is held FOR KEY SHARE: whoever locks that row FOR UPDATE finds the job at rest.
"""

import logging
import time

from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import override

from crm.core.languages import known
from crm.core.refusals import Refusal
from crm.jobs.freezing import root
from crm.jobs.models import ItemState, Job, JobState
from crm.jobs.operations import Result, operation_of
from crm.jobs.pacing import Pace
from crm.jobs.recording import finish, record

logger = logging.getLogger(__name__)
BUSY = ("40P01", "40001", "55P03")  # deadlock, serialisation, lock: the same chunk may well succeed a moment later
TRIES = 5
CAUSES = {"AR001": Result(ItemState.SKIPPED, "ARCHIVED"), "AR002": Result(ItemState.SKIPPED, "ERASED")}
DONE = Result(ItemState.DONE)


def run(job_id):
    """Work on the job until nothing waits, it is stopped, or others have the rest.

    Raises what broke the connection with the database; what was not done by then still waits (reviving.py).
    """
    now = timezone.now()
    Job.objects.unfinished().filter(pk=job_id).update(
        state=JobState.RUNNING, started_at=Coalesce("started_at", now), heartbeat_at=now
    )
    _Run(job_id).to_the_end()


class _Run:
    """One worker's way through the items of a job, in the order of their relations' keys, in as many rounds as help."""

    def __init__(self, job_id):
        self.job_id = job_id
        self.pace = Pace()
        self.tries = 0  # in vain, one after the other
        self.after = 0  # where the next chunk begins
        self.put_off = 0  # items that were "not yet" in this round
        self.left = None  # items that waited when this round began
        self.logged = set()  # kinds of errors
        self.is_last_round = False  # what is "not yet" now will not be helped by the others

    def to_the_end(self):
        while job := self._job():
            begun = time.monotonic()
            items = self._chunk(job)
            if items:
                self.after = items[-1].target_id
                self.pace.worked(items, time.monotonic() - begun)
            elif items is not None and not self._another_round(job):
                return

    def _job(self):
        """Read anew, with the rights of its employee, while it should run."""
        return Job.objects.select_related("by").filter(pk=self.job_id, state=JobState.RUNNING).first()

    # --- one chunk ---------------------------------------------------------------------------------------------------

    def _chunk(self, job):
        """The items that got their turn; [] when there are none to take, None when it is to be tried again."""
        items, put_off = self._to_ask_about(job), 0
        try:
            answers = _ask_others(job, items)
            with transaction.atomic():
                if not _hold_running(job):
                    return None
                items = self._take(job)
                if items:
                    put_off = self._record(job, items, _work(job, items, *answers))
        except Exception as error:  # whatever an operation raises, the other rows go on
            return self._recover(job, items, error)
        self.put_off += put_off
        self.tries = 0 if put_off < len(items) else self.tries
        return items

    def _to_ask_about(self, job):
        """The next items, when others are asked about them first and whoever began the job still may."""
        operation = operation_of(job)
        return list(self._next(job)) if operation.outside and operation.is_for(job.by) else []

    def _take(self, job):
        """Locked with their relations, which are in the query for `is_restricted`."""
        return list(self._next(job).select_for_update(skip_locked=True, no_key=True))

    def _next(self, job):
        waiting = job.items.filter(state=ItemState.WAITING, target__gt=self.after).order_by("target_id")
        waiting = waiting.annotate(is_restricted=F("target__restricted"))
        if not operation_of(job).with_values:  # ten thousand model instances cost as much as the work itself
            waiting = waiting.values_list("pk", "target_id", "is_restricted", named=True)
        return waiting[: self.pace.size]

    def _record(self, job, items, results):
        """How many of them are "not yet"."""
        final = {item.pk: self._final(results.get(item.pk, DONE)) for item in items}
        settled = {pk: result for pk, result in final.items() if result.state != ItemState.WAITING}
        record(job, settled)
        return len(items) - len(settled)

    def _final(self, result):
        is_overdue = result.state == ItemState.WAITING and self.is_last_round
        return Result(ItemState.SKIPPED, result.reason) if is_overdue else result

    # --- what went wrong ---------------------------------------------------------------------------------------------

    def _recover(self, job, items, error):
        """A lost connection ends the run; who was in the way gets a moment; else a smaller chunk, until one is left."""
        if not connection.is_usable():
            connection.close()
            raise error
        if _sqlstate(error) in BUSY and self._pause():
            return None
        if not items:
            raise error
        self.tries = 0
        if len(items) > 1:
            self.pace.failed(items)
            return None
        self.pace.found_the_cause()
        return self._report(job, items, error)

    def _pause(self):
        """A moment's rest, longer each time; False when that was enough of it."""
        self.tries += 1
        if self.tries < TRIES:
            time.sleep(0.05 * 2**self.tries)
        return self.tries < TRIES

    def _report(self, job, items, error):
        """The row that failed alone gets its outcome, unless another worker has it by now."""
        result = _result_of(error)
        if result.state == ItemState.FAILED:
            self._log(job, items[0], error)
        with transaction.atomic():
            waiting = job.items.filter(pk=items[0].pk, state=ItemState.WAITING)
            if waiting.select_for_update(skip_locked=True, no_key=True).first():
                record(job, {items[0].pk: result})
        return items

    def _log(self, job, item, error):
        """Where it went wrong only the first time: what fails everywhere would fill the disk."""
        places = error if type(error) not in self.logged else None
        self.logged.add(type(error))
        logger.error("job %s, item %s: %s", job.pk, item.pk, type(error).__name__, exc_info=places)

    # --- rounds ------------------------------------------------------------------------------------------------------

    def _another_round(self, job):
        """At the end: whether to go once more through what still waits. The last worker to leave finishes the job."""
        left = job.items.filter(state=ItemState.WAITING).count()
        if not left:
            finish(job.pk)
            return False
        others_have_some = left > self.put_off
        if others_have_some and not self._pause():
            return False  # reviving.py sends the job again when they give up
        self.is_last_round = not others_have_some and left == self.left
        self.left, self.put_off, self.after = left, 0, 0
        return True


def _hold_running(job):
    """Hold the job's row, so that it is not at rest until this chunk is done; False when it was stopped meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT 1 FROM {Job._meta.db_table} WHERE id = %s AND state = %s FOR KEY SHARE", [job.pk, JobState.RUNNING]
        )
        return cursor.fetchone() is not None


def _work(job, items, *answers):
    """{item id: Result}; whoever lost the right or left since confirming gets nothing done.

    Nor is a relation touched that was restricted since, to others than who started the job.
    """
    operation = operation_of(job)
    if not operation.is_for(job.by):
        return {item.pk: Result(ItemState.SKIPPED, "NO_RIGHT") for item in items}
    withheld = _withheld(job, items)
    seen = [item for item in items if item.pk not in withheld]
    with override(known(job.by.language)):
        return (operation.run(job, seen, *answers) or {} if seen else {}) | withheld


def _ask_others(job, items):
    """[what the operation's `outside` answered, a dict], [] for an operation without."""
    operation = operation_of(job)
    if not operation.outside:
        return []
    withheld = _withheld(job, items)
    seen = [item for item in items if item.pk not in withheld]
    return [operation.outside(job, seen) if seen else {}]


def _withheld(job, items):
    keys = [item.target_id for item in items if item.is_restricted]
    hidden = set(root().objects.withheld_from(job.by).filter(pk__in=keys).values_list("pk", flat=True)) if keys else ()
    return {item.pk: Result(ItemState.SKIPPED, "RESTRICTED") for item in items if item.target_id in hidden}


def _sqlstate(error):
    return getattr(error.__cause__, "sqlstate", None)


def _result_of(error):
    """What is told of the one row that failed."""
    if isinstance(error, Refusal):
        return Result(ItemState.SKIPPED, getattr(error, "code", "REFUSED"))
    if isinstance(error, PermissionDenied):
        return Result(ItemState.SKIPPED, "NO_RIGHT")
    state = _sqlstate(error)
    if state in CAUSES:
        return CAUSES[state]
    if state in BUSY:
        return Result(ItemState.FAILED, "BUSY")
    return Result(ItemState.FAILED, "CONSTRAINT" if isinstance(error, DatabaseError) else "ERROR")
