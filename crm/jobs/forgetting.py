"""What jobs need not keep: sets that nobody confirmed, and old values once they cannot be undone any more."""

from datetime import timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models.functions import Coalesce
from django.utils import timezone

from crm.jobs.models import Job, JobItem, JobState
from crm.jobs.recording import close

DRAFTS_KEPT = timedelta(days=1)
ROWS = 10_000  # in one statement


def forget_drafts():
    """Delete the drafts of more than a day ago, with their items."""
    old = Job.objects.filter(state=JobState.DRAFT, created_at__lt=timezone.now() - DRAFTS_KEPT)
    _each(old, _delete)


def forget_values():
    """Empty the values, the parameters and the origin of jobs that are too old to be undone or tried again."""
    since = timezone.now() - timedelta(days=settings.JOBS_UNDO_DAYS)
    ended = Job.objects.filter(state__in=[JobState.DONE, JobState.STOPPED], forgotten_at=None)
    latest = Coalesce("finished_at", "heartbeat_at", "confirmed_at")
    _each(ended.alias(latest=latest).filter(latest__lt=since), _empty)


def _each(jobs, forget):
    """One transaction a job; somebody who confirms or resumes it at this moment goes before."""
    for pk in list(jobs.values_list("pk", flat=True)):
        with transaction.atomic():
            if job := jobs.filter(pk=pk).select_for_update(skip_locked=True).first():
                forget(job)


def _delete(job):
    _repeat("DELETE FROM {items} WHERE id IN (SELECT id FROM {items} WHERE job_id = %s LIMIT %s)", job)
    job.delete()


def _empty(job):
    if job.state == JobState.STOPPED:
        close(job)
    _repeat(
        "UPDATE {items} SET before = NULL, after = NULL WHERE id IN (SELECT id FROM {items} "
        "WHERE job_id = %s AND (before IS NOT NULL OR after IS NOT NULL) LIMIT %s)",
        job,
    )
    Job.objects.filter(pk=job.pk).update(parameters={}, origin="", forgotten_at=timezone.now())


def _repeat(statement, job):
    """Until it finds no full helping of rows."""
    with connection.cursor() as cursor:
        while True:
            cursor.execute(statement.format(items=JobItem._meta.db_table), [job.pk, ROWS])
            if cursor.rowcount < ROWS:
                return
