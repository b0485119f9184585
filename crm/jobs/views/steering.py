"""The buttons of a job's page."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from crm.jobs import steering
from crm.jobs.models import ItemState
from crm.jobs.tables import one_of
from crm.jobs.views.jobs import may_use, visible


@require_POST
@may_use
def stop(request, pk):
    steering.stop(visible(request, pk), by=request.user)
    messages.info(request, _("The job stops. What was done stays done; the rest can be done later."))
    return redirect("jobs:job", pk=pk)


@require_POST
@may_use
def resume(request, pk):
    steering.resume(visible(request, pk), by=request.user)
    return redirect("jobs:job", pk=pk)


@require_POST
@may_use
def retry(request, pk):
    steering.retry(visible(request, pk), by=request.user)
    return redirect("jobs:job", pk=pk)


@require_POST
@may_use
def undo(request, pk):
    return redirect("jobs:job", pk=steering.undo(visible(request, pk), by=request.user).pk)


@require_POST
@may_use
def go_on(request, pk):
    """The relations with one outcome as a new set, to choose anew what is to be done with them."""
    job, state = visible(request, pk), one_of(request.POST, "outcome", tuple(ItemState)) or ItemState.WAITING
    origin = _("job %(number)s: %(outcome)s") % {"number": job.pk, "outcome": ItemState(state).label.lower()}
    return redirect("relations:bulk_menu", pk=steering.go_on(job, state, by=request.user, origin=origin).pk)
