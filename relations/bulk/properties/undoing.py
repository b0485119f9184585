"""Taking a change of properties back: the same change, with before and after changed places (B1)."""

from django.db import connection

from archiving.reach import execute
from crm.jobs.models import ItemState, JobItem
from relations.bulk.properties.columns import TABLE
from relations.bulk.properties.writing import ALREADY, judged

OPERATION = "undo_properties"
ITEMS = JobItem._meta.db_table


def fill(job, undoing):
    """An item for each that was changed, with only what really changed in it.

    Whoever erases locks a relation FOR UPDATE and then deletes the items there are. Items that are being made would
    not be among them, and the old values would outlive the erasure. So the relations are held first, in the order of
    their keys: who erases waits and then finds our items, or we wait and then find no item left to turn around.
    """
    done = [job.pk, ItemState.DONE]
    differing = "(SELECT jsonb_object_agg(key, value) FROM jsonb_each(item.{}) WHERE value <> item.{} -> key)"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) FROM (SELECT 1 FROM {TABLE} r WHERE EXISTS (SELECT 1 FROM {ITEMS} item WHERE "
            "item.target_id = r.id AND item.job_id = %s AND item.state = %s) ORDER BY r.id FOR KEY SHARE) AS held",
            done,
        )
        cursor.execute(
            f"INSERT INTO {ITEMS} (job_id, target_id, state, reason, before, after) "
            f"SELECT %s, item.target_id, %s, '', {differing.format('after', 'before')}, "
            f"{differing.format('before', 'after')} FROM {ITEMS} item "
            "WHERE item.job_id = %s AND item.state = %s AND item.before IS NOT NULL ORDER BY item.target_id",
            [undoing.pk, ItemState.WAITING, *done],
        )
    undoing.preview = {"columns": job.preview["columns"]}


def mark(undoing):
    """Judged by the rule that the job itself goes by, before it runs (B2)."""
    execute(
        f"UPDATE {ITEMS} item SET reason = CASE verdict WHEN '{ALREADY}' THEN '' ELSE verdict END, "
        f"state = CASE verdict WHEN '{ALREADY}' THEN %s ELSE %s END "
        f"FROM ({judged(undoing.preview['columns'], 'item.job_id = %s')}) AS judged "
        "WHERE item.id = judged.id AND verdict <> ''",
        [ItemState.UNCHANGED, ItemState.SKIPPED, undoing.pk],
    )
