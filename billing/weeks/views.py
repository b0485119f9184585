"""The timesheet of a week as a grid: the employee's own hours, all saved at once."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from billing.hours.views import suggestions_for
from billing.models import TimesheetLine
from billing.weeks import actions as week_actions
from billing.weeks.grid import WeekGrid
from billing.weeks.weeks import keys_of, week_of_employee
from crm.core.addresses import refuse_unless
from crm.core.periods import WEEK, period_of, week_of
from crm.core.refusals import Refusal
from relations.pickers import ASKED, relation_asked_for
from relations.rights import may_view

ROWS, LAST_WEEK = "rijen", "vorige"  # ?rijen=vorige: the rows of last week, without its hours


@require_http_methods(["GET", "HEAD", "POST"])
@may_view
def timesheet_week(request):
    refuse_unless(request.GET, WEEK, ASKED, ROWS)
    period = period_of(request.GET, timezone.localdate())
    week = week_of_employee(request.user, period)
    if request.method == "POST":
        return _save(request, week)
    grid = WeekGrid(week, by=request.user, keys=_further_rows(request, period), **_for_new_rows(request))
    return _page(request, grid, expected=week.fingerprint)


def _save(request, week):
    """Refused as a whole when anything is wrong, with everything still as it was typed."""
    grid = WeekGrid(week, by=request.user, data=request.POST, **_for_new_rows(request))
    expected = request.POST.get("expected", "")
    if grid.problems:
        return _page(request, grid, expected=expected, problems=grid.problems, status=422)
    try:
        count = week_actions.save_week(week.period, grid.cells, expected=expected, by=request.user)
    except Refusal as refusal:
        return _refused(request, grid, refusal)
    sentence = ngettext("%(count)d cell has been saved.", "%(count)d cells have been saved.", count)
    messages.success(request, sentence % {"count": count} if count else _("Nothing was changed."))
    return redirect(reverse("billing:timesheet_week") + week.period.query)


def _refused(request, grid, refusal):
    """With what is kept now beside what was typed: saving once more is then a decision."""
    now = week_of_employee(request.user, grid.week.period)
    shown = WeekGrid(now, by=request.user, data=request.POST, **_for_new_rows(request))
    is_stale = isinstance(refusal, week_actions.Stale)
    return _page(
        request,
        shown,
        expected=now.fingerprint,
        problems=[refusal.sentence],
        is_stale=is_stale,
        status=refusal.status,
    )


def _page(request, grid, *, status=200, **context):
    week = grid.week.period
    context |= {"grid": grid, "period": week, "today": week_of(timezone.localdate())}
    context |= {"suggestions": suggestions_for(request.user), "last_week_url": f"{week.query}&{ROWS}={LAST_WEEK}"}
    return render(request, "billing/weeks/week.html", context, status=status)


def _further_rows(request, period):
    asked = request.GET.get(ROWS, "")
    if asked not in ("", LAST_WEEK):
        raise Refusal(_("The address of this page asks for something that does not exist. Open it from the menu."), 400)
    return keys_of(request.user, period.previous) if asked else []


def _for_new_rows(request):
    last = TimesheetLine.objects.filter(employee=request.user).order_by("-pk").first()
    return {"initial": {"rate": last.rate} if last else {}, "relation": relation_asked_for(request)}
