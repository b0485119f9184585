"""What a change of properties would do to every relation of a draft, before and after, in one statement (B2)."""

import secrets

from django.db import connection, transaction

from archiving.reach import execute
from crm.core.refusals import require
from crm.jobs.models import ItemState, Job, JobItem
from relations.bulk.properties.changes import columns, expressions, obstacles
from relations.bulk.properties.columns import TABLE, TAG_TABLE, fields_of, holds
from relations.bulk.properties.fields import TAGS
from relations.rights import CHANGE

OPERATION = "change_properties"
ITEMS = JobItem._meta.db_table
SAMPLE = 20


@transaction.atomic
def preview(job, changes, *, form, by):
    """Give every item of the draft `job` its outcome and values; `form` is what was typed, for who goes back.

    Returns the job; one that is no draft any more is left as it is.
    """
    require(by, CHANGE)
    job = Job.objects.select_for_update().get(pk=job.pk, by=by)
    if job.is_draft:
        _judge(job, changes)
        job.operation, job.parameters = OPERATION, {"changes": changes, "form": form}
        job.preview |= _shown(job) | {"columns": columns(changes), "fingerprint": secrets.token_hex(8)}
        job.total = sum(job.preview["counts"].values())
        job.save(update_fields=["operation", "parameters", "preview", "total"])
    return job


def drifted(job):
    """How many of the relations that would change are not as they were shown any more, or are gone."""
    same = execute(
        f"SELECT count(*) FROM {ITEMS} item JOIN {TABLE} r ON r.id = item.target_id "
        f"WHERE item.job_id = %s AND item.state = %s AND r.archival_id IS NULL AND {holds(job.preview['columns'])}",
        [job.pk, ItemState.WAITING],
    )
    return job.preview["counts"].get(ItemState.WAITING, 0) - same[0]


def _judge(job, changes):
    rows, params = _rows(job, changes)
    execute(
        f"UPDATE {ITEMS} item SET state = judged.state, reason = judged.reason, "
        "before = CASE judged.state WHEN 'waiting' THEN judged.before END, "
        "after = CASE judged.state WHEN 'waiting' THEN judged.after END "
        "FROM (SELECT id, reason, before, after, CASE WHEN reason <> '' THEN 'skipped' WHEN before = after "
        f"THEN 'unchanged' ELSE 'waiting' END AS state FROM ({rows}) AS found) AS judged WHERE item.id = judged.id",
        params,
    )


def _rows(job, changes):
    """(sql, params) of one row an item: id, reason, before, after."""
    made, fields = expressions(changes), fields_of(columns(changes))
    new = ", ".join(f"{sql} AS {name}" for name, (sql, _) in made.items())
    tags, tags_before, tags_after, of_tags = _tags(changes.get(TAGS))
    before = [f"'{f.name}', r.{f.column}" for f in fields] + tags_before
    after = [f"'{f.name}', new.{f.name}" for f in fields] + tags_after
    skipped = " ".join(f"WHEN {condition} THEN '{reason}'" for reason, condition in obstacles(changes))
    sql = (
        "SELECT i.id, CASE WHEN r.erasure_id IS NOT NULL THEN 'ERASED' WHEN r.archival_id IS NOT NULL THEN 'ARCHIVED' "
        f"{skipped} ELSE '' END AS reason, "
        f"jsonb_build_object({', '.join(before)}) AS before, jsonb_build_object({', '.join(after)}) AS after "
        f"FROM {ITEMS} i JOIN {TABLE} r ON r.id = i.target_id {tags} "
        f"CROSS JOIN LATERAL (SELECT {new or '1'}) AS new WHERE i.job_id = %s"
    )
    return sql, [*of_tags, *(param for _, params in made.values() for param in params), job.pk]


def _tags(change):
    """(join, values before, values after, params): the tags that would go, and those that would come."""
    if not change:
        return "", [], [], []
    join = (
        f"LEFT JOIN (SELECT relation_id, array_agg(tag_id) AS ids FROM {TAG_TABLE} WHERE tag_id = ANY(%s) "
        "GROUP BY relation_id) AS has ON has.relation_id = r.id CROSS JOIN (SELECT %s::bigint[], %s::bigint[]) "
        "AS asked(gone, come)"
    )
    picked = "'tags', to_jsonb(ARRAY(SELECT unnest(asked.{}) {} SELECT unnest(has.ids) ORDER BY 1))"
    both = [*change["add"], *change["remove"]]
    before, after = picked.format("gone", "INTERSECT"), picked.format("come", "EXCEPT")
    return join, [before], [after], [both, change["remove"], change["add"]]


def _shown(job):
    """Counts and numbers only: no value of a relation may stay here when that relation is erased."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT state, reason, count(*) FROM {ITEMS} WHERE job_id = %s GROUP BY 1, 2", [job.pk])
        found = cursor.fetchall()
    counts, reasons = {}, {}
    for state, reason, count in found:
        counts[state] = counts.get(state, 0) + count
        reasons |= {reason: count} if reason else {}
    gone = job.total - sum(counts.values()) + job.preview.get("reasons", {}).get("GONE", 0)
    reasons |= {"GONE": gone} if gone else {}
    waiting = job.items.filter(state=ItemState.WAITING)
    return {
        "counts": counts,
        "reasons": reasons,
        "sample": list(waiting.order_by("?").values_list("pk", flat=True)[:SAMPLE]),
    }
