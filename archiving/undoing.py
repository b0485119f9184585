"""Undo a job of archiving: restore what that one archived, and nothing that was archived since (R22, B2)."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from archiving import policies
from archiving.acting import permission
from archiving.plans import Act
from crm.core.refusals import Refusal, require
from crm.jobs import confirming, freezing
from crm.jobs.models import ItemState, Job


def undo(job, *, by):
    """The confirmed job that restores; the one there is already when somebody undid it before."""
    require(by, permission(Act.RESTORE))
    with transaction.atomic():
        job = Job.objects.select_for_update().get(pk=job.pk)
        restoring = Job.objects.filter(undoes=job).first() or _draft(job, by)
    if restoring.is_draft and restoring.by_id == by.pk:
        return confirming.confirm(restoring, by=by)
    return restoring


def undoable(job):
    """Relations that are in the archive by an act of this job: a later act is for a decision of its own."""
    return policies.root()._base_manager.filter(
        job_items__job=job,
        job_items__state=ItemState.DONE,
        erasure=None,
        archival__by=job.by_id,
        archival__at__gte=job.confirmed_at,
        archival__at__lte=job.finished_at or timezone.now(),
    )


def _draft(job, by):
    if not undoable(job).exists():
        raise Refusal(_("None of these relations is in the archive any more: there is nothing to undo."))
    draft = freezing.freeze(
        undoable(job), by=by, origin=job.origin, operation=Act.RESTORE, permission=permission(Act.RESTORE)
    )
    draft.undoes = job
    draft.save(update_fields=["undoes"])
    return draft
