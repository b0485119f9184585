from decimal import Decimal

from django.contrib import messages
from django.db import transaction
from django.db.models import Sum
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from billing.hours import actions as timesheet_lines
from billing.hours.forms import TimesheetLineForm
from billing.models import TimesheetLine
from crm.core.addresses import refuse_unless
from crm.core.optimistic import status_of
from crm.core.periods import MONTH, WEEK, period_of, week_of
from relations.models import Relation
from relations.pickers import ASKED, chosen_by, relation_asked_for
from relations.rights import may_view
from relations.sight import get_seen_or_404

LATELY = 200  # own lines whose relations are suggested


@require_http_methods(["GET", "HEAD", "POST"])
@may_view
def timesheet(request):
    """The employee's own hours of a week or month line by line, with the form to add one."""
    refuse_unless(request.GET, WEEK, MONTH, ASKED)
    period = period_of(request.GET, timezone.localdate())
    form = TimesheetLineForm(
        request.POST or None, instance=TimesheetLine(employee=request.user), initial=_initial(request, period)
    )
    chosen_by(request.user, form)
    if request.method == "POST" and form.is_valid():
        line = timesheet_lines.save_line(form.save(commit=False), by=request.user)
        messages.success(request, _("Hours saved."))
        return redirect(_timesheet_url(line, period))
    lines = TimesheetLine.objects.filter(employee=request.user, worked_on__range=(period.first, period.last))
    context = {
        "period": period,
        "today": week_of(timezone.localdate()),
        "form": form,
        "suggestions": suggestions_for(request.user),
        "lines": lines.select_related("relation").order_by("worked_on", "pk"),
        "totals": _totals(lines),
    }
    return render(request, "billing/hours/timesheet.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@may_view
@transaction.atomic
def timesheet_line(request, pk):
    """Saving holds the lock from judging the form until the commit: one has two windows, or saves the week as well."""
    rows = TimesheetLine.objects.select_related("relation")
    rows = rows.select_for_update(of=("self",), no_key=True) if request.method == "POST" else rows
    line = get_seen_or_404(request.user, rows, pk=pk, employee=request.user)
    form = TimesheetLineForm(request.POST or None, instance=line)
    chosen_by(request.user, form)
    if request.method == "POST" and form.is_valid():
        timesheet_lines.save_line(form.save(commit=False), by=request.user)
        messages.success(request, _("Hours saved."))
        return redirect(_timesheet_url(line))
    context = {"form": form, "line": line, "suggestions": suggestions_for(request.user), "back": _timesheet_url(line)}
    return render(request, "billing/hours/line.html", context, status=status_of(form))


@require_POST
@may_view
def timesheet_line_removal(request, pk):
    line = get_seen_or_404(request.user, TimesheetLine.objects, pk=pk, employee=request.user)
    url = _timesheet_url(line)
    timesheet_lines.remove_line(line, by=request.user)
    messages.success(request, _("Hours removed."))
    return redirect(url)


def _timesheet_url(line, period=None):
    """The period that is shown when the line is in it, else the line's own week."""
    shown = period if period and line.worked_on in period else week_of(line.worked_on)
    return reverse("billing:timesheet") + shown.query


def _initial(request, period):
    today = timezone.localdate()
    last = TimesheetLine.objects.filter(employee=request.user).order_by("-pk").first()
    return {
        "worked_on": today if today in period else period.first,
        "rate": last.rate if last else None,
        "relation": relation_asked_for(request),
    }


def suggestions_for(employee):
    """Active relations this employee worked for lately."""
    lately = TimesheetLine.objects.filter(employee=employee).order_by("-pk").values("relation")[:LATELY]
    offered = Relation.objects.selectable().visible_to(employee)
    return offered.filter(pk__in=lately).only("number", "name").order_by("name", "pk")


def _totals(lines):
    every = lines.aggregate(hours=Sum("hours"))["hours"] or Decimal(0)
    billable = lines.filter(billable=True).aggregate(hours=Sum("hours"))["hours"] or Decimal(0)
    return {"hours": every, "billable": billable}
