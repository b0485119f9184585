"""Jobs that nobody works on although they should run: a killed worker, a lost message, a broker that was emptied."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from crm.jobs.models import Job


@transaction.atomic
def take_stalled():
    """Numbers of the jobs that gave no sign of life for a while; each is given out once in that while.

    A job whose row is locked is alive: a worker writes its counts.
    """
    now = timezone.now()
    since = now - timedelta(seconds=settings.JOBS_SILENT_FOR)
    silent = Q(heartbeat_at__lt=since) | Q(heartbeat_at=None, confirmed_at__lt=since)
    stalled = Job.objects.unfinished().filter(silent).order_by("pk")
    found = list(stalled.select_for_update(skip_locked=True, no_key=True).values_list("pk", flat=True))
    Job.objects.filter(pk__in=found).update(heartbeat_at=now)
    return found
