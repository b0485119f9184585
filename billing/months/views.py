"""The months of the timesheet: what was written in them, and which are locked."""

from datetime import datetime

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from billing.models import MonthLock
from billing.months import months
from billing.months.actions import LOCK, lock_month, open_month
from crm.core.refusals import Refusal
from relations.rights import may, may_view

may_lock = may(LOCK)


@require_safe
@may_view
def month_list(request):
    return render(request, "billing/months/list.html", {"months": months.lately(timezone.localdate())})


@require_POST
@may_lock
def month_locking(request):
    """`maand` is like 2026-03."""
    try:
        month = datetime.strptime(request.POST.get("maand", ""), "%Y-%m").date()
    except ValueError:
        raise Refusal(_("This page has changed. Load it again and try once more."), status=400) from None
    lock_month(month, by=request.user)
    messages.success(
        request, _("%(month)s is locked.") % {"month": date_format(month, "YEAR_MONTH_FORMAT").capitalize()}
    )
    return redirect("billing:month_list")


@require_POST
@may_lock
def month_opening(request, pk):
    lock = get_object_or_404(MonthLock, pk=pk)
    open_month(lock, by=request.user)
    messages.success(
        request, _("%(month)s is open again.") % {"month": date_format(lock.month, "YEAR_MONTH_FORMAT").capitalize()}
    )
    return redirect("billing:month_list")
