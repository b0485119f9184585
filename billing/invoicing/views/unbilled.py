from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from billing.hours import actions as timesheet_lines
from billing.invoicing import actions as invoices
from billing.invoicing import unbilled
from billing.invoicing.unbilled_listing import UnbilledListing
from billing.models import TimesheetLine
from crm.core.answers import back
from crm.core.refusals import Refusal, require
from relations.models import Relation
from relations.rights import CHANGE, may_change, may_view
from relations.sight import get_seen_or_404

NOT_BILLABLE_SHOWN = 20


@require_safe
@may_view
def unbilled_list(request):
    """Every relation with work that is not invoiced yet, and what it comes to."""
    listing = UnbilledListing(request.GET, by=request.user)
    context = {"listing": listing, "totals": unbilled.totals_of(listing.filtered)}
    return render(request, "billing/invoicing/unbilled.html", context, status=listing.status)


@require_http_methods(["GET", "HEAD", "POST"])
@may_view
def relation_unbilled(request, pk):
    """What is not invoiced yet (R5, R6); POST invoices all of it."""
    relation = get_seen_or_404(request.user, Relation.objects.select_related("invoice_debtor"), pk=pk)
    if request.method == "POST":
        return _invoice(request, relation)
    not_billable = relation.timesheet_lines.filter(billable=False, invoice_line=None).select_related("employee")
    context = {
        "relation": relation,
        "debtor": relation.invoice_debtor or relation,
        "work": unbilled.work_of(relation),
        "not_billable": not_billable.order_by("-worked_on", "-pk")[:NOT_BILLABLE_SHOWN],
        "may_change": relation.is_active and request.user.has_perm(CHANGE),
    }
    return render(request, "billing/invoicing/unbilled_of_relation.html", context)


@require_POST
@may_change
def line_billable(request, pk):
    """Whether hours are to be invoiced: `billable` is 1 or 0."""
    line = get_seen_or_404(request.user, TimesheetLine.objects, pk=pk)
    if request.POST.get("billable") not in ("0", "1"):
        raise Refusal(_("This page has changed. Load it again and try once more."), status=400)
    billable = request.POST["billable"] == "1"
    timesheet_lines.set_billable(line, billable, by=request.user)
    messages.success(request, _("These hours can be invoiced.") if billable else _("These hours are not billable."))
    return back(request, "billing:relation_unbilled", line.relation_id)


def _invoice(request, relation):
    require(request.user, CHANGE)
    invoice = invoices.invoice_unbilled(
        relation, by=request.user, on=timezone.localdate(), expected=request.POST.get("expected", "")
    )
    messages.success(request, _("Invoice %(number)s has been made as a draft.") % {"number": invoice.number})
    return redirect("billing:invoice", invoice.pk)
