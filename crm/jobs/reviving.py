"""Jobs that nobody works on although they should run: a killed worker, a lost message, a broker that was emptied."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from crm.jobs.models import Job


def stalled():
    """Numbers of the jobs that gave no sign of life for a while."""
    since = timezone.now() - timedelta(seconds=settings.JOBS_SILENT_FOR)
    silent = Q(heartbeat_at__lt=since) | Q(heartbeat_at=None, confirmed_at__lt=since)
    return list(Job.objects.unfinished().filter(silent).values_list("pk", flat=True))
