"""Ticking tasks in the overview, and handing over those that are ticked."""

from django.contrib import messages
from django.http import QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from crm.core.lists import SessionSelection
from crm.core.refusals import Refusal
from relations.listing.views.relations import tick
from relations.models import Task
from relations.rights import CHANGE, may_change
from relations.work import reassigning
from relations.work.forms import ColleagueForm
from relations.work.listing import TaskListing

SHOWN = 20  # of the tasks that would change hands


def ticked_in(request, listing):
    """The selection of the list, its rows marked; None when there is nothing that this employee could do with it."""
    if listing.problems or not request.user.has_perm(CHANGE):
        return None
    selection = selection_of(request, listing)
    selection.drop_if_nothing_is_left()
    selection.mark(listing.rows)
    return selection


def selection_of(request, listing):
    return SessionSelection(request.session, "tasks", listing)


@require_POST
@may_change
def task_selection(request):
    """Tick rows of one page, all pages, or none; answers htmx with the bar, others with the list as it was."""
    listing = _strict_listing(request)
    selected = selection_of(request, listing)
    tick(request, selected)
    if request.htmx:
        return render(request, "relations/work/_bar.html", {"listing": listing, "selection": selected})
    return redirect(reverse("relations:task_list", query=QueryDict(listing.query)))


@require_http_methods(["GET", "HEAD", "POST"])
@may_change
def task_handover(request):
    """Choose a colleague, see what would change, confirm exactly that."""
    listing = _strict_listing(request)
    selected = selection_of(request, listing)
    if not selected.count:
        raise Refusal(_("Nothing is selected (any more). Go back to the list and tick what you mean."))
    form = ColleagueForm(request.POST or None)
    if form.is_valid() and request.POST.get("act") == "confirm":
        return _hand_over(request, selected, form.cleaned_data["colleague"])
    context = {"listing": listing, "selection": selected, "form": form}
    if form.is_valid():
        context |= _preview(selected, form.cleaned_data["colleague"])
    return render(request, "relations/work/handover.html", context, status=422 if form.errors else 200)


def _preview(selected, colleague):
    ticked = tasks_of(selected)
    rows = reassigning.to_hand_over(ticked, colleague)
    return {
        "colleague": colleague,
        "forecast": reassigning.forecast(ticked, colleague),
        "expected": reassigning.fingerprint_of(ticked, colleague),
        "sample": list(rows.select_related("assignee").order_by("due_on", "pk")[:SHOWN]),
    }


def tasks_of(selected):
    return Task.objects.filter(pk__in=selected.rows.order_by().values("pk"))


def _hand_over(request, selected, assignee):
    count = reassigning.hand_over(
        tasks_of(selected),
        assignee=assignee,
        expected=request.POST.get("expected", ""),
        by=request.user,
    )
    selected.clear()
    sentence = ngettext(
        "%(count)d task has been handed over to %(colleague)s.",
        "%(count)d tasks have been handed over to %(colleague)s.",
        count,
    )
    messages.success(request, sentence % {"count": count, "colleague": assignee})
    return redirect("relations:task_list")


def _strict_listing(request):
    listing = TaskListing(request.GET, by=request.user)
    if listing.problems:
        raise Refusal(listing.problems[0], status=400)
    return listing
