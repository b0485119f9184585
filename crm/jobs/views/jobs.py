"""The job centre: what runs, what came of it, and what can still be done about it."""

from django.contrib.auth.decorators import permission_required
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from crm.jobs.freezing import USE
from crm.jobs.models import Job


@require_safe
@permission_required(USE, raise_exception=True)
def job(request, pk):
    found = get_object_or_404(Job.objects.visible_to(request.user), pk=pk)
    return render(request, "jobs/job.html", {"job": found})


@require_safe
@permission_required(USE, raise_exception=True)
def targets(request, pk):
    """Exactly the frozen set, paged (R65)."""
    found = get_object_or_404(Job.objects.visible_to(request.user), pk=pk)
    return render(request, "jobs/targets.html", {"job": found})
