"""Jobs of an employee who leaves: they run with rights that are gone, so they stop (crm/accounts/holdings.py)."""

from django.utils.translation import gettext_lazy as _

from crm.accounts.holdings import Holding, register
from crm.jobs.models import Job, JobState


def running(employee):
    return Job.objects.unfinished().filter(by=employee)


def stop(employee, *, to, by):
    """Between two chunks, as everybody's (running.py): what a worker has in hand is still done."""
    return running(employee).update(state=JobState.STOPPED)


register(Holding("jobs", _("running jobs"), running, stop, order=70, ends=True))
