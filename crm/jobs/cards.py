"""What the job centre tells an employee on the start page: what runs, and what went wrong lately."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.core.cards import Card, register
from crm.jobs.freezing import USE
from crm.jobs.models import Job, JobState
from crm.jobs.presenting import ShownJob

FEW = 5
LATELY = timedelta(days=14)


def jobs(employee, today):
    """Those that failed in part or were stopped in the last two weeks, and those that run; the employee's own, or all
    for who may see all. No card when there are none."""
    went_wrong = Q(failed__gt=0) | Q(state=JobState.STOPPED)
    lately = Q(confirmed_at__gte=timezone.now() - LATELY)
    runs = Q(state__in=[JobState.QUEUED, JobState.RUNNING])
    told = Job.objects.confirmed().visible_to(employee).filter(runs | went_wrong & lately)
    found = [ShownJob(job) for job in told.select_related("by", "undoes").order_by("-pk")[:FEW]]
    return {"jobs": found} if found else None


register(Card("opdrachten", _("Jobs"), "jobs/cards/jobs.html", jobs, USE, order=50))
