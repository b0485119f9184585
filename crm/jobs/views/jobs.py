"""The job centre: what runs, what came of it, and its relations."""

from functools import wraps

from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django_htmx.http import HttpResponseClientRefresh

from crm.core.refusals import Refusal
from crm.jobs import downloads, operations, telling
from crm.jobs.freezing import USE
from crm.jobs.models import OUTCOMES, ItemState, Job, JobState
from crm.jobs.presenting import ShownJob
from crm.jobs.tables import ItemPage, JobListing, one_of
from crm.jobs.undoing import SEES_ALL

may_use = permission_required(USE, raise_exception=True)


def may_see(view):
    """For who may do anything at all that is a job: archiving one relation is one too (R2)."""

    @login_required
    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not any(operation.is_for(request.user) for operation in operations.known()):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


MOST_TELLING = (ItemState.FAILED, ItemState.SKIPPED, ItemState.DONE, ItemState.UNCHANGED)


@require_safe
@may_use
def job_list(request):
    telling.tell(request.user)
    listing = JobListing(request.GET, request.user)
    context = {"listing": listing, "sees_all": request.user.has_perm(SEES_ALL)}
    return render(request, "jobs/job_list.html", context, status=listing.status)


@require_safe
@may_see
def job(request, pk):
    found = visible(request, pk, Job.objects.select_related("by", "undoes", "undone_by"))
    if found.is_draft:
        template = "jobs/undo.html" if found.undoes else "jobs/draft.html"
        return render(request, template, {"shown": ShownJob(found), "next_url": _next_url(found)})
    telling.tell(request.user, pk=found.pk)
    page = ItemPage(found, request.GET, OUTCOMES)
    page.state = page.state or next((state for state in MOST_TELLING if getattr(found, state)), ItemState.DONE)
    context = {"shown": ShownJob(found, request.user), "page": page, "is_own": found.by_id == request.user.pk}
    return render(request, "jobs/job.html", context)


@require_safe
@may_see
def progress(request, pk):
    """Asked every few seconds while it runs; once it does not, the whole page is asked for."""
    found = visible(request, pk)
    if not found.is_unfinished:
        return HttpResponseClientRefresh()
    return HttpResponse(render_to_string("jobs/_progress.html", {"shown": ShownJob(found)}))


@require_safe
@may_see
def own_jobs(request):
    """The badge in the head of the page, while a job of the employee runs."""
    return HttpResponse(render_to_string("jobs/_own_jobs.html", {"own_jobs": telling.own_jobs(request.user)}))


@require_safe
@may_see
def targets(request, pk):
    """Exactly the frozen set, paged (R65)."""
    found = visible(request, pk)
    context = {"shown": ShownJob(found), "page": ItemPage(found, request.GET)}
    return render(request, "jobs/targets.html", context)


@require_safe
@may_use
def outcomes(request, pk, kind):
    """The file of all outcomes, or of those of one kind."""
    found = visible(request, pk)
    if found.state == JobState.DRAFT:
        raise Refusal(_("This job has not been confirmed, so it has no outcomes yet."))
    return downloads.answer(found, state=one_of(request.GET, "outcome", tuple(ItemState)), kind=kind, by=request.user)


def _next_url(draft):
    """Where one goes on with a set that is not confirmed: the operation that was chosen, or the choice itself."""
    operation = operations.find(draft)
    return reverse(operation.start if operation and operation.start else "relations:bulk_menu", args=[draft.pk])


def visible(request, pk, jobs=None):
    """The job, when the employee may see it; else it does not exist."""
    return get_object_or_404((Job.objects if jobs is None else jobs).visible_to(request.user), pk=pk)
