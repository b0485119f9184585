"""What a person can still do about a job that was confirmed: stop, resume, try again, go on with some of it."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.core.refusals import Refusal, require
from crm.jobs import freezing
from crm.jobs.confirming import start
from crm.jobs.models import ItemState, Job, JobState
from crm.jobs.operations import find, require_rights
from crm.jobs.undoing import SEES_ALL, is_undone


def stop(job, *, by):
    """Ends between two chunks: what a worker has in hand is still done."""
    if job.by_id != by.pk:
        require(by, SEES_ALL)
    if not Job.objects.unfinished().filter(pk=job.pk).update(state=JobState.STOPPED):
        raise Refusal(_("This job does not run (any more), so there is nothing to stop."))


def resume(job, *, by):
    """Only who began it: it runs with their rights."""
    with transaction.atomic():
        job = _own_at_rest(job, by)
        if job.state != JobState.STOPPED:
            raise Refusal(_("Only a job that was stopped can be resumed. Look at how it stands now."))
        _make_ready(job)
    start(job)


def retry(job, *, by):
    """Give what failed another turn."""
    with transaction.atomic():
        job = _own_at_rest(job, by)
        if job.state != JobState.DONE or is_undone(job):
            raise Refusal(_("Only a job that has finished and was not undone can be tried again."))
        if job.forgotten_at:
            raise Refusal(_("This job is too long ago to be tried again. Choose the relations anew."))
        again = job.items.filter(state=ItemState.FAILED).update(state=ItemState.WAITING, reason="")
        if not again:
            raise Refusal(_("Nothing has failed that could be tried again."))
        job.failed -= again
        _make_ready(job)
    start(job)


def go_on(job, state, *, by, origin):
    """A new draft of the relations of `job` that have this outcome."""
    if job.is_draft:
        raise Refusal(_("This job has not been confirmed, so it has no outcomes yet."))
    return freezing.freeze(freezing.targets(job, state), by=by, origin=origin)


def _own_at_rest(job, by):
    if job.by_id != by.pk:
        raise PermissionDenied
    if find(job) is None:
        raise Refusal(_("This job has not been confirmed, so it has no outcomes yet."))
    require_rights(job, by)
    return Job.objects.at_rest(job)


def _make_ready(job):
    job.state, job.heartbeat_at = JobState.QUEUED, timezone.now()
    job.started_at = job.finished_at = job.told_at = None
    job.to_run = job.waiting
    job.save()
