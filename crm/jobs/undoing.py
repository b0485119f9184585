"""Taking back what a job did, as a job of its own: first a draft that shows in true numbers what goes back (B1, B2).

The draft holds every relation that the first job changed. Those that cannot go back have their outcome before anybody
confirms, with the same reasons as afterwards.
"""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import BitXor, Count
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.core.lists.fingerprints import hash_of
from crm.core.refusals import Refusal
from crm.jobs import confirming
from crm.jobs.freezing import root
from crm.jobs.models import ItemState, Job, JobState
from crm.jobs.operations import find, named, operation_of
from crm.jobs.recording import close

SEES_ALL = "jobs.view_every_job"


@transaction.atomic
def propose(job, *, by):
    """The draft Job that takes `job` back, in the place of an earlier draft that nobody confirmed."""
    job = _at_rest(job, by)
    if sentence := why_not(job):
        raise Refusal(sentence)
    Job.objects.filter(undoes=job, state=JobState.DRAFT).delete()
    undo = operation_of(job).undo
    draft = Job.objects.create(operation=undo.operation, by=by, undoes=job, origin=job.origin)
    undo.fill(job, draft)
    draft.total = draft.items.count()
    _mark(draft)
    return draft


def confirm(draft, *, by):
    """Run `draft` once, if it still is what was shown. What a stopped job did not get to is left as it is for good."""
    with transaction.atomic():
        job = _at_rest(draft.undoes, by)
        shown, draft = draft, Job.objects.select_for_update().filter(pk=draft.pk, by=by).first()
        if draft and not draft.is_draft:
            return draft
        _refuse_drift(job, draft, shown)
        if job.state == JobState.STOPPED:
            close(job)
        confirming.queue(draft)
    confirming.start(draft)
    draft.refresh_from_db()
    return draft


def may(job, employee):
    """Whoever began it, or an administrator; with the right to do what takes it back."""
    mine = job.by_id == employee.pk or employee.has_perm(SEES_ALL)
    undo = find(job) and find(job).undo
    return mine and (not undo or named(undo.operation).is_for(employee))


def why_not(job):
    """A sentence, or "" when it can be undone."""
    if job.is_draft or not getattr(find(job), "undo", None):
        return _("What this job did cannot be undone.")
    if job.is_unfinished:
        return _("This job still runs. Stop it, or wait for its end, and then undo it.")
    if is_undone(job):
        return _("This job has been undone already.")
    if job.forgotten_at or until(job) < timezone.now():
        return _("This job is too long ago to be undone.")
    return "" if job.done else _("This job changed nothing that could be undone.")


def until(job):
    return _latest(job) + timedelta(days=settings.JOBS_UNDO_DAYS)


def is_undone(job):
    """Without a query when the job was read with its `undone_by`."""
    return hasattr(job, "undone_by") and not job.undone_by.is_draft


def _latest(job):
    return job.finished_at or job.heartbeat_at or job.confirmed_at


def _at_rest(job, by):
    if not may(job, by):
        raise PermissionDenied
    return Job.objects.at_rest(job)


def _refuse_drift(job, draft, shown):
    """Unless `draft` would do what `shown` said."""
    is_same = draft is not None and _latest(job) < draft.created_at
    if is_same:
        _mark(draft)
    if not is_same or draft.preview != shown.preview:
        raise Refusal(_("Something changed since this was shown. Go to the job and choose Undo again."))
    if not draft.preview["counts"].get(ItemState.WAITING):
        raise Refusal(_("None of these relations can go back any more: there is nothing to undo."))


def _mark(draft):
    """Give those that cannot go back their outcome, and count them by outcome and by reason, for the page."""
    draft.items.exclude(state=ItemState.WAITING).update(state=ItemState.WAITING, reason="")
    operation_of(draft.undoes).undo.mark(draft)
    items = draft.items.order_by()
    withheld = root().objects.withheld_from(draft.by).values("pk")
    items.filter(state=ItemState.WAITING, target__in=withheld).update(state=ItemState.SKIPPED, reason="RESTRICTED")
    draft.preview |= {
        "counts": dict(items.values_list("state").annotate(Count("pk"))),
        "reasons": dict(items.exclude(reason="").values_list("reason").annotate(Count("pk"))),
        "fingerprint": items.filter(state=ItemState.WAITING).aggregate(of=BitXor(hash_of("target")))["of"],
    }
    draft.save(update_fields=["preview", "total"])
