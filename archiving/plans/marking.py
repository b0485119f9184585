"""What a preview knows of each relation of a draft, written at its item: those that cannot go on will not run (B2).

In the items themselves, so that the page of all relations tells it, and what was shown is what runs, at any size.
"""

from django.db import connection
from django.db.models import Q

from archiving import policies
from archiving.plans.archive_and_restore import naming_an_archived_one
from archiving.plans.blocking import obstacles
from archiving.plans.erase import rows_to_keep
from archiving.plans.plan import Act
from archiving.policies import Stage
from archiving.reach import execute
from crm.jobs.models import ItemState, JobItem

ANONYMISED = "ANONYMISED"  # reason of an item of erasing that stays as a row
TABLE = JobItem._meta.db_table


def going(job, **reason):
    """Keys of the relations that will run, as a QuerySet."""
    return job.items.filter(state=ItemState.WAITING, **reason).values("target")


def fingerprint(job):
    """Of the relations that will run: what `plans.fingerprint` makes of a list of them."""
    sql = f"SELECT md5(coalesce(string_agg(target_id::text, ',' ORDER BY target_id), '')) FROM {TABLE}"
    return execute(f"{sql} WHERE job_id = %s AND state = %s", [job.pk, ItemState.WAITING])[0]


def mark(job, act):
    """Anew for every item of the draft; one statement a rule, whatever the size."""
    clear(job)
    if act == Act.RESTORE:
        mark_not_archived(job)
        mark_naming_an_archived_one(job)
        return
    for code, keys in obstacles(going(job), Stage.ARCHIVE if act == Act.ARCHIVE else Stage.ERASE):
        skip(job, code, keys)
    if act == Act.ERASE:
        for _code, rows, path in rows_to_keep(going(job, reason="")):
            job.items.filter(target__in=rows.order_by().values(path), state=ItemState.WAITING).update(reason=ANONYMISED)


def mark_as_planned(job, plan):
    """The same for a Plan, which names everybody: only what is not so yet is written."""
    states = {pk: (ItemState.SKIPPED.value, found[0].code) for pk, found in plan.blocked.items()}
    states |= {pk: (ItemState.WAITING.value, ANONYMISED) for pk, mode in plan.modes.items() if mode == "anonymise"}
    wanted = [(pk, *states.get(pk, (ItemState.WAITING.value, ""))) for pk in plan.root_ids]
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {TABLE} item SET state = planned.state, reason = planned.reason "
            "FROM unnest(%s::bigint[], %s::text[], %s::text[]) AS planned(root, state, reason) "
            "WHERE item.job_id = %s AND item.target_id = planned.root "
            "AND (item.state, item.reason) IS DISTINCT FROM (planned.state, planned.reason)",
            [*map(list, zip(*wanted, strict=True)), job.pk],
        )


def clear(job):
    """Of what an earlier preview, of this act or another operation, wrote."""
    written = ~Q(state=ItemState.WAITING) | ~Q(reason="") | Q(before__isnull=False) | Q(after__isnull=False)
    job.items.filter(written).update(state=ItemState.WAITING, reason="", before=None, after=None)


def mark_not_archived(job):
    inactive = policies.root()._base_manager.filter(Q(archival=None) | ~Q(erasure=None))
    skip(job, "NOT_ARCHIVED", inactive.filter(pk__in=going(job)).values("pk"))


def mark_naming_an_archived_one(job):
    while _skip_naming_an_archived_one(job):
        pass  # whoever waits keeps those waiting that name it


def _skip_naming_an_archived_one(job):
    """How many."""
    naming = naming_an_archived_one(going(job))
    return sum(skip(job, "DEBTOR_ARCHIVED", rows.values("pk")) for _field, rows in naming)


def skip(job, code, keys):
    """How many of those that would run."""
    return job.items.filter(state=ItemState.WAITING, target__in=keys).update(state=ItemState.SKIPPED, reason=code)
