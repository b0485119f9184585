"""Freezing a set: what is shown, and later confirmed, is exactly these relations (B2)."""

from django.apps import apps
from django.conf import settings
from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from crm.core.refusals import Refusal, require
from crm.jobs.models import ItemState, Job, JobItem

USE = "jobs.use_bulk"


@transaction.atomic
def freeze(relations, *, by, origin="", operation="", permission=USE):
    """A draft Job of `relations` (QuerySet of the root model) that `by` may see; refuses an empty set (status 400)."""
    require(by, permission)
    job = Job.objects.create(by=by, origin=origin, operation=operation)
    job.total = add_items(job, relations.exclude(pk__in=root().objects.withheld_from(by).values("pk")))
    if not job.total:
        raise Refusal(_("Select at least one relation first."), status=400)
    job.save(update_fields=["total"])
    _analyse(job.total)
    return job


def add_items(job, relations):
    """How many; a relation that a filter finds twice counts once."""
    try:
        sql, params = relations.order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:  # .none(): Django knows that nothing can be found
        return 0
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {JobItem._meta.db_table} (job_id, target_id, state, reason) "
            f"SELECT DISTINCT %s::bigint, target.id, %s, '' FROM ({sql}) AS target (id) ORDER BY target.id",
            [job.pk, ItemState.WAITING, *params],
        )
        return cursor.rowcount


def targets(job, *states):
    """The relations of `job` (those in one of `states`), as a QuerySet that joins the items."""
    items = JobItem.objects.filter(job=job, target=OuterRef("pk"))
    items = items.filter(state__in=states) if states else items
    return root().objects.filter(Exists(items))


def target_ids(job, *states):
    items = job.items.filter(state__in=states) if states else job.items
    return list(items.order_by("target_id").values_list("target", flat=True))


def root():
    return apps.get_model(settings.ARCHIVING_ROOT)


def _analyse(rows):
    """A large set is joined well only when the planner knows that it is there."""
    if rows >= settings.JOBS_ANALYSE_FROM:
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {JobItem._meta.db_table}")
