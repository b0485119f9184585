"""From shown to running: a small job at once, a larger one by the workers, through the same runner."""

import logging

from django.conf import settings
from django.db import DatabaseError, InterfaceError, transaction
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.core.refusals import Refusal
from crm.jobs import running, tasks
from crm.jobs.models import OUTCOMES, ItemState, Job, JobState
from crm.jobs.operations import operation_of, require_rights

logger = logging.getLogger(__name__)


def confirm(job, *, by):
    """Run the draft `job` of `by`, once: whoever confirms it again gets it back as it is by now."""
    require_rights(job, by)
    with transaction.atomic():
        shown, job = job, Job.objects.select_for_update().filter(pk=job.pk, by=by).first()
        if job is None:
            raise Refusal(_("These relations were chosen too long ago. Go back to the list and choose them anew."))
        if not job.is_draft:
            return job
        if _what_it_does(job) != _what_it_does(shown):
            raise Refusal(_("Something else was chosen for these relations meanwhile. Look at it again, then confirm."))
        queue(job)
    start(job)
    job.refresh_from_db()
    return job


def queue(job):
    """Make the draft ready to run, with the outcomes that it has by now; the caller holds it."""
    job.state, job.confirmed_at = JobState.QUEUED, timezone.now()
    for state, count in counted(job).items():
        setattr(job, state, count)
    job.to_run = job.waiting
    job.parameters = {} if operation_of(job).is_in_items else job.parameters
    job.save()


def _what_it_does(job):
    """A fingerprint is a preview's own: another window may have previewed something else a moment ago (B2)."""
    return job.operation, job.preview.get("fingerprint")


def start(job):
    """Call after the commit of what made it ready."""
    if job.waiting > settings.JOBS_AT_ONCE:
        tasks.send(job.pk, workers=_workers(job))
        return
    try:
        running.run(job.pk)
    except (DatabaseError, InterfaceError) as error:  # what was not done waits; reviving.py has the workers do it
        logger.error("job %s goes on later: %s", job.pk, type(error).__name__)


def _workers(job):
    """How many begin at it: more than one when there is enough to share."""
    return max(1, min(settings.JOBS_WORKERS, job.waiting // settings.JOBS_CHUNK))


def counted(job):
    """{"done": 3, …}: the items per outcome, in one query."""
    return job.items.aggregate(**{state.value: Count("pk", filter=Q(state=state)) for state in OUTCOMES})


def mark(job, state, reason, relation_ids):
    """Give items of a draft the outcome they will have, so that they do not run."""
    job.items.filter(target__in=relation_ids, state=ItemState.WAITING).update(state=state, reason=reason)
