from datetime import date

from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from billing.models import Invoice, TimesheetLine
from billing.reports import downloads, reports
from crm.core.addresses import refuse_unless
from crm.core.refusals import Refusal
from relations.rights import may_view

DEBTORS_A_PAGE = 100


@require_safe
@may_view
def report_list(request):
    refuse_unless(request.GET)
    return redirect("billing:report_hours")


@require_safe
@may_view
def report_hours(request):
    refuse_unless(request.GET, "jaar", "bestand")
    report = reports.hours_per_employee(_year(request))
    if _is_download(request):
        return downloads.hours(report)
    context = {"report": report, "years": _years(report.year, TimesheetLine, "worked_on"), "months": _months()}
    return render(request, "billing/reports/hours.html", context)


@require_safe
@may_view
def report_revenue(request):
    refuse_unless(request.GET, "jaar", "bestand")
    report = reports.revenue_per_month(_year(request))
    if _is_download(request):
        return downloads.revenue(report)
    context = {"report": report, "years": _years(report.year, Invoice, "issued_on")}
    return render(request, "billing/reports/revenue.html", context)


@require_safe
@may_view
def report_debtors(request):
    refuse_unless(request.GET, "page", "bestand")
    report = reports.debtors(timezone.localdate(), by=request.user)
    page = _page(request, report.rows)
    if _is_download(request):
        return downloads.debtors(report)
    return render(request, "billing/reports/debtors.html", {"report": report, "rows": page, "listing": _pages(page)})


def _page(request, rows):
    text = request.GET.get("page", "")
    page = Paginator(rows, DEBTORS_A_PAGE).get_page(text)
    if text and text != str(page.number):
        raise Refusal(_("The page number in the address is not a number of a page. Go to the first page."), status=400)
    return page


def _pages(page):
    """What the component for pages wants to know."""
    return {
        "first": page.start_index(),
        "last": page.end_index(),
        "count": page.paginator.count,
        "previous_url": f"?page={page.previous_page_number()}" if page.has_previous() else "",
        "next_url": f"?page={page.next_page_number()}" if page.has_next() else "",
    }


def _year(request):
    text = request.GET.get("jaar", "")
    if not text:
        return timezone.localdate().year
    if not (text.isascii() and text.isdecimal() and len(text) == 4 and int(text) >= 1900):
        raise Refusal(_("This address holds no year. Choose one on the page of the report."), status=400)
    return int(text)


def _years(shown, model, field):
    return sorted({*reports.years(model, field), shown, timezone.localdate().year}, reverse=True)


def _months():
    return [date(2000, month, 1) for month in reports.MONTHS]


def _is_download(request):
    asked = request.GET.get("bestand", "")
    if asked not in ("", "csv"):
        raise Refusal(_("This report can be downloaded as CSV only."), status=400)
    return asked == "csv"
