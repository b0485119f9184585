"""From shown to running: a small job at once, a larger one by the workers, through the same runner."""

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from crm.core.refusals import require
from crm.jobs import running, tasks
from crm.jobs.models import OUTCOMES, ItemState, Job, JobState
from crm.jobs.operations import operation_of


def confirm(job, *, by):
    """Run the draft `job` of `by`, once: whoever confirms it again gets it back as it is by now."""
    require(by, operation_of(job).permission)
    with transaction.atomic():
        job = Job.objects.select_for_update().get(pk=job.pk, by=by)
        if not job.is_draft:
            return job
        job.state, job.confirmed_at = JobState.QUEUED, timezone.now()
        for state, count in counted(job).items():
            setattr(job, state, count)
        job.save()
    start(job)
    job.refresh_from_db()
    return job


def start(job):
    """Call after the commit of what made it ready."""
    if job.waiting <= settings.JOBS_AT_ONCE:
        running.run(job.pk)
    else:
        tasks.send(job.pk)


def counted(job):
    """{"done": 3, …}: the items per outcome, in one query."""
    return job.items.aggregate(**{state.value: Count("pk", filter=Q(state=state)) for state in OUTCOMES})


def mark(job, state, reason, relation_ids):
    """Give items of a draft the outcome they will have, so that they do not run."""
    job.items.filter(target__in=relation_ids, state=ItemState.WAITING).update(state=state, reason=reason)
