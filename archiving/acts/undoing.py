"""Undo a job of archiving: restore what that one archived, and nothing that was archived since (R22, B2)."""

from django.db.models import Q
from django.utils import timezone

from archiving import policies
from archiving.plans import marking
from archiving.reach import among
from crm.jobs import freezing
from crm.jobs.models import ItemState


def fill(job, undoing):
    """Every relation that the job archived."""
    freezing.add_items(undoing, freezing.targets(job, ItemState.DONE))


def mark(undoing):
    """Those that are back already, and those that are in the archive by a later act."""
    marking.mark_not_archived(undoing)
    marking.skip(undoing, "ARCHIVED_ANEW", archived_anew(undoing.undoes, marking.going(undoing)).values("pk"))
    marking.mark_naming_an_archived_one(undoing)


def archived_anew(job, root_ids):
    """Those of `root_ids` that are in the archive by another act than one of `job`: a decision of its own."""
    ended = job.finished_at or timezone.now()
    outside = Q(archival__at__lt=job.confirmed_at) | Q(archival__at__gt=ended) | ~Q(archival__by=job.by_id)
    return policies.root()._base_manager.filter(outside, pk__in=among(root_ids), archival__isnull=False)
