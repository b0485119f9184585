from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from billing.invoicing import actions as invoices
from billing.invoicing import payments
from billing.invoicing.settling_forms import CreditForm, PaymentForm
from billing.models import Invoice, InvoiceStatus
from crm.core.answers import back
from relations.models import Relation
from relations.rights import CHANGE, may_change, may_view
from relations.sight import get_seen_or_404


@require_safe
@may_view
def invoice(request, pk):
    return _invoice_page(request, _invoice(request, pk))


@require_safe
@may_view
def relation_invoices(request, pk):
    """The invoices that are still open: of this relation, and of others that this one pays (R75, R96)."""
    relation = get_seen_or_404(request.user, Relation.objects, pk=pk)
    open_invoices = Invoice.objects.open().select_related("relation", "debtor").order_by("due_on", "pk")
    context = {
        "relation": relation,
        "own": open_invoices.filter(relation=relation),
        "paid_for": open_invoices.filter(debtor=relation).exclude(relation=relation),
        "may_change": request.user.has_perm(CHANGE) and not relation.is_erased,
    }
    return render(request, "billing/invoicing/of_relation.html", context)


@require_POST
@may_change
def invoice_sending(request, pk):
    sent = invoices.mark_sent(_invoice(request, pk), by=request.user)
    messages.success(request, _("Invoice %(number)s is marked as sent.") % {"number": sent.number})
    return back(request, "billing:invoice", pk)


@require_POST
@may_change
def invoice_payments(request, pk):
    paid = _invoice(request, pk)
    form = PaymentForm(request.POST)
    if not form.is_valid():
        return _invoice_page(request, paid, payment_form=form)
    entered = form.cleaned_data
    payments.register_payment(
        paid, amount=entered["amount"], on=entered["paid_on"], reference=entered["reference"], by=request.user
    )
    messages.success(request, _("The payment has been entered."))
    return back(request, "billing:invoice", pk)


@require_POST
@may_change
def invoice_crediting(request, pk):
    form = CreditForm(request.POST)
    form.full_clean()
    credited = invoices.credit(_invoice(request, pk), by=request.user, release=form.cleaned_data["release"])
    messages.success(request, _("Invoice %(number)s has been credited.") % {"number": credited.number})
    return redirect("billing:invoice", pk)


def _invoice(request, pk):
    return get_seen_or_404(request.user, Invoice.objects.select_related("relation", "debtor"), pk=pk)


def _invoice_page(request, shown, payment_form=None):
    may_write = request.user.has_perm(CHANGE) and not shown.relation.is_erased
    releasable = shown.relation.is_active
    context = {
        "invoice": shown,
        "lines": shown.lines.order_by("pk"),
        "payments": shown.payments.order_by("paid_on", "pk"),
        "reminder_fees": shown.reminder_fees.order_by("charged_on", "pk"),
        "can_edit": may_write and shown.status == InvoiceStatus.DRAFT and releasable,
        "can_send": may_write and shown.status == InvoiceStatus.DRAFT,
        "can_pay": may_write and shown.status in payments.PAYABLE,
        "can_credit": may_write and shown.status != InvoiceStatus.CREDITED and not shown.paid,
        "payment_form": payment_form or PaymentForm(initial={"amount": shown.open_amount}),
        "credit_form": CreditForm() if releasable else None,
    }
    return render(request, "billing/invoicing/invoice.html", context, status=422 if payment_form else 200)
