"""What the pages of every operation begin with: the employee's own set that was frozen for it."""

from django.http import Http404
from django.utils.translation import gettext as _

from crm.core.refusals import Refusal
from crm.jobs.freezing import targets
from crm.jobs.models import Job


def own_job(request, pk):
    """The job, for the one who began it; for everybody else it does not exist."""
    job = Job.objects.filter(pk=pk, by=request.user).select_related("by").first()
    if job is None:
        raise Http404
    if job.is_draft:
        _refuse_withheld(job)
    return job


def _refuse_withheld(job):
    """Before anything of the set is shown. Of a confirmed job names are withheld, and what waits is skipped."""
    if targets(job).withheld_from(job.by).exists():
        raise Refusal(_("A relation in this set has been restricted meanwhile. Go back and choose the relations anew."))
