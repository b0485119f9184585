"""Carries out a change of properties: a compare-and-set of a whole chunk, in two statements.

First the relations are locked, in the order of their keys like everywhere, with the invoice debtors they get. Only then
they are judged and written, so that nothing can come in between: a relation that is not as it was shown is left alone
and reported. FOR NO KEY UPDATE is enough (no key changes) and still waits for whoever archives, who locks FOR UPDATE.
Only the columns that an item names are written; what somebody else changes in another column survives.
"""

from django.db import connection
from django.utils import timezone

from archiving import fences
from archiving.history import OWN_COLUMNS
from crm.jobs.models import ItemState, JobItem
from crm.jobs.operations import Result
from relations.bulk.properties.columns import TABLE, TAG_TABLE, assignments, fields_of, holds, tags_under
from relations.bulk.properties.fields import TAGS
from relations.models import Relation, Tag

ALREADY = "ALREADY"
BECAUSE = "bulk edit"


def run(job, items):
    """One chunk, for crm.jobs.running; those left out of the answer are done."""
    names = job.preview["columns"]
    with connection.cursor() as cursor, fences.lifted():  # judged below under the same locks, for all rows at once
        _lock(cursor, items, names)
        cursor.execute(*_change(job, items, names))
        return {pk: _result(verdict) for pk, verdict in cursor.fetchall()}


def _result(verdict):
    return Result(ItemState.UNCHANGED) if verdict == ALREADY else Result(ItemState.SKIPPED, verdict)


def _lock(cursor, items, names):
    wanted = [item.target_id for item in items]
    if "invoice_debtor" in names:
        cursor.execute(
            f"SELECT DISTINCT (after ->> 'invoice_debtor')::bigint FROM {JobItem._meta.db_table} "
            "WHERE id = ANY(%s) AND after ->> 'invoice_debtor' IS NOT NULL",
            [[item.pk for item in items]],
        )
        wanted += [debtor for (debtor,) in cursor.fetchall()]
    cursor.execute(f"SELECT id FROM {TABLE} WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE", [wanted])


def _change(job, items, names):
    """(sql, params): judges every item, writes those that pass and their history, tells why the others do not."""
    parts = [f"judged AS MATERIALIZED ({judged(names, 'item.id = ANY(%s)')})"]
    params = [[item.pk for item in items]]
    if fields_of(names):
        parts += [f"changed AS ({_columns(names)})", f"written AS ({_history()})"]
        params += [timezone.now(), BECAUSE, job.by_id]
    if TAGS in names:
        parts += [f"gone AS ({_tags_that_go()})", f"come AS ({_tags_that_come()})"]
    return f"WITH {', '.join(parts)} SELECT id, verdict FROM judged WHERE verdict <> ''", params


def judged(names, which):
    """SQL of (id, target_id, before, after, verdict) for the items `which`; the verdict "" means: will be written."""
    debtor = f"WHEN {_debtor_is_gone()} THEN 'DEBTOR'" if "invoice_debtor" in names else ""
    tag = f"WHEN {_tag_is_gone()} THEN 'TAG'" if TAGS in names else ""
    return (
        "SELECT item.id, item.target_id, item.before, item.after, CASE WHEN r.id IS NULL THEN 'GONE' "
        "WHEN r.erasure_id IS NOT NULL THEN 'ERASED' WHEN r.archival_id IS NOT NULL THEN 'ARCHIVED' "
        f"WHEN {holds(names, 'after', 'before')} THEN '{ALREADY}' "
        f"WHEN NOT ({holds(names)}) THEN 'CHANGED_MEANWHILE' {debtor} {tag} ELSE '' END AS verdict "
        f"FROM {JobItem._meta.db_table} item LEFT JOIN {TABLE} r ON r.id = item.target_id WHERE {which}"
    )


def _debtor_is_gone():
    debtor = "(item.after ->> 'invoice_debtor')::bigint"
    active = f"SELECT 1 FROM {TABLE} d WHERE d.id = {debtor} AND d.archival_id IS NULL"
    return f"{debtor} IS DISTINCT FROM r.invoice_debtor_id AND {debtor} IS NOT NULL AND NOT EXISTS ({active})"


def _tag_is_gone():
    there = f"SELECT 1 FROM {Tag._meta.db_table} t WHERE t.id = named.id::bigint"
    return f"EXISTS (SELECT 1 FROM {tags_under('after')} WHERE NOT EXISTS ({there}))"


def _columns(names):
    """A relation of which only tags change is not written: its history would tell nothing."""
    return (
        f"UPDATE {TABLE} r SET {assignments(names)} FROM judged item WHERE r.id = item.target_id "
        f"AND item.verdict = '' AND item.before - '{TAGS}' <> item.after - '{TAGS}' RETURNING {_listed('r')}"
    )


def _history():
    return (
        f"INSERT INTO {Relation.history.model._meta.db_table} ({_listed()}, history_date, history_change_reason, "
        f"history_type, history_user_id) SELECT {_listed()}, %s, %s, '~', %s FROM changed"
    )


def _listed(alias=""):
    """The columns that history keeps: all but the generated one."""
    fields = Relation.history.model._meta.concrete_fields
    prefix = f"{alias}." if alias else ""
    return ", ".join(f"{prefix}{f.column}" for f in fields if f.column not in OWN_COLUMNS)


def _tags_that_go():
    return (
        f"DELETE FROM {TAG_TABLE} t USING judged item CROSS JOIN LATERAL {tags_under('before')} "
        "WHERE item.verdict = '' AND t.relation_id = item.target_id AND t.tag_id = named.id::bigint"
    )


def _tags_that_come():
    return (
        f"INSERT INTO {TAG_TABLE} (relation_id, tag_id) SELECT item.target_id, named.id::bigint "
        f"FROM judged item CROSS JOIN LATERAL {tags_under('after')} WHERE item.verdict = '' ON CONFLICT DO NOTHING"
    )
