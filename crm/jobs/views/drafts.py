"""What the pages of every operation begin with: the employee's own set that was frozen for it."""

from django.http import Http404

from crm.jobs.models import Job


def own_job(request, pk):
    """The job, for the one who began it; for everybody else it does not exist."""
    job = Job.objects.filter(pk=pk, by=request.user).first()
    if job is None:
        raise Http404
    return job
