"""The buttons of a job's page; the verbs ask for the right of the operation."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from crm.jobs import steering, undoing
from crm.jobs.models import ItemState, Job
from crm.jobs.tables import one_of
from crm.jobs.views.jobs import may_see, may_use, visible

GOALS = {"": "relations:bulk_menu", "selection": "relations:bulk_adding"}


@require_POST
@may_see
def stop(request, pk):
    steering.stop(visible(request, pk), by=request.user)
    messages.info(request, _("The job stops. What was done stays done; the rest can be done later."))
    return redirect("jobs:job", pk=pk)


@require_POST
@may_see
def resume(request, pk):
    steering.resume(visible(request, pk), by=request.user)
    return redirect("jobs:job", pk=pk)


@require_POST
@may_see
def retry(request, pk):
    steering.retry(visible(request, pk), by=request.user)
    return redirect("jobs:job", pk=pk)


@require_POST
@may_see
def undo(request, pk):
    """To the page that says what would go back; nothing is undone yet (B2)."""
    return redirect("jobs:job", pk=undoing.propose(visible(request, pk), by=request.user).pk)


@require_POST
@may_see
def undo_confirmation(request, pk):
    draft = get_object_or_404(Job.objects.filter(by=request.user, undoes__isnull=False), pk=pk)
    return redirect("jobs:job", pk=undoing.confirm(draft, by=request.user).pk)


@require_POST
@may_use
def go_on(request, pk):
    """The relations with one outcome as a new set, to choose anew what is to be done with them, or to keep them."""
    job, state = visible(request, pk), one_of(request.POST, "outcome", tuple(ItemState)) or ItemState.WAITING
    origin = _("job %(number)s: %(outcome)s") % {"number": job.pk, "outcome": ItemState(state).label.lower()}
    where = GOALS[one_of(request.POST, "goal", tuple(GOALS))]
    return redirect(where, pk=steering.go_on(job, state, by=request.user, origin=origin).pk)
