"""Taking a change of properties back: a job of its own, with before and after changed places (B1)."""

from django.db import connection, transaction

from crm.core.refusals import Refusal, require
from crm.jobs import confirming, steering
from crm.jobs.models import ItemState, Job, JobItem
from relations.bulk.columns import TABLE

OPERATION, PERMISSION = "undo_properties", "relations.change_relation"
ITEMS = JobItem._meta.db_table


def undo(job, *, by):
    """The confirmed Job that gives back the values of what `job` changed; crm.jobs.steering asks who may."""
    require(by, PERMISSION)
    with transaction.atomic():
        job = Job.objects.select_for_update().get(pk=job.pk)
        if sentence := steering.why_not_undo(job):
            raise Refusal(sentence)
        undoing = Job.objects.create(
            operation=OPERATION, by=by, undoes=job, origin=job.origin, preview={"columns": job.preview["columns"]}
        )
        undoing.total = _turn_around(job, undoing)
        undoing.save(update_fields=["total"])
    return confirming.confirm(undoing, by=by)


def _turn_around(job, undoing):
    """How many items were made, with only what really changed in each.

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
        return cursor.rowcount
