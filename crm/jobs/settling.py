"""What an operation will do to each relation of a draft: counted for its page, fixed when it is confirmed.

Nothing is written while somebody is still looking, so two tabs cannot mix. Confirming counts once more, under the lock
of the job, and goes on only when it comes to exactly what was shown (B2).
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.db import connection, transaction
from django.db.models import BitXor, Case, CharField, Count, Value, When

from crm.core.drift import digest, refuse_drift
from crm.core.lists.fingerprints import hash_of
from crm.core.refusals import require
from crm.jobs import confirming
from crm.jobs.models import ItemState, Job, JobItem
from crm.jobs.operations import operation_of

WILL_RUN = ""
STATES = {"ERASED": ItemState.SKIPPED, "ARCHIVED": ItemState.SKIPPED}


@dataclass(frozen=True)
class Plan:
    """`verdicts`: the items of the draft, each with its `code`: WILL_RUN, or why it will not run, a key of `states`.

    `prepare(job)` writes what running needs, beside the `parameters`, and returns those that it adds.
    """

    verdicts: object
    states: Mapping[str, str]
    parameters: dict
    facts: dict[str, int] = field(default_factory=dict)  # what else is counted for the page
    shown: dict = field(default_factory=dict)  # what the job still tells when its parameters are gone
    prepare: Callable | None = None
    found: tuple = ()  # (code, relations, hash of those), ordered by code

    @property
    def counts(self):
        return {code: count for code, count, _hash in self.found}

    @property
    def running(self):
        return self.counts.get(WILL_RUN, 0)

    def counted(self, state):
        return sum(count for code, count in self.counts.items() if code and self.states[code] == state)

    @property
    def fingerprint(self):
        """Of which relations get which outcome, and of what they are asked for."""
        return digest([self.found, self.parameters, self.shown, self.facts])


def plan(job, *rules, states=STATES, **others):
    """The Plan for `job`; `rules` are When()s of a code over JobItem, after those for what is erased or archived."""
    code = Case(*rules, default=Value(WILL_RUN), output_field=CharField())
    verdicts = JobItem.objects.filter(job=job).annotate(code=code).order_by()
    found = verdicts.values("code").annotate(relations=Count("pk"), hash=BitXor(hash_of("target")))
    found = found.order_by("code").values_list("code", "relations", "hash")
    return Plan(verdicts, states, found=tuple(found), **others)


ERASED = When(target__erasure__isnull=False, then=Value("ERASED"))
ARCHIVED = When(target__archival__isnull=False, then=Value("ARCHIVED"))


def settle(job, operation, make_plan, *, expected, by):
    """Confirm the draft `job` for `operation` when make_plan(job) is the plan that was shown; else Drifted.

    `expected` None: its page counted nothing. A job that is no draft any more stays what it is. Returns the job.
    """
    with transaction.atomic():
        job = Job.objects.select_for_update().get(pk=job.pk, by=by)
        if not job.is_draft:
            return job
        job.operation = operation
        require(by, operation_of(job).permission)
        current = make_plan(job)
        if expected is not None:
            refuse_drift(current, expected)
        _fix(job, current)
    return confirming.confirm(job, by=by)


def _fix(job, current):
    """Give what will not run its outcome, and forget what another operation foresaw for this draft."""
    sql, params = current.verdicts.values("pk", "code").query.sql_with_params()
    states = {WILL_RUN: ItemState.WAITING, **current.states}
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {JobItem._meta.db_table} item SET state = %s::jsonb ->> verdict.code, reason = verdict.code, "
            f"before = NULL, after = NULL FROM ({sql}) AS verdict (id, code) WHERE item.id = verdict.id",
            [json.dumps(states), *params],
        )
    job.parameters = current.parameters | ((current.prepare and current.prepare(job)) or {})
    job.preview = {"counts": current.counts, **current.shown}
    job.total = sum(current.counts.values())  # without those that were erased since the set was frozen
    job.save(update_fields=["operation", "parameters", "preview", "total"])
