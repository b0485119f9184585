"""An invoice made by hand, and changing one while it is a draft."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from billing.invoicing import drafts
from billing.invoicing.actions import PAYMENT_DAYS
from billing.invoicing.forms import InvoiceForm
from billing.models import Invoice
from relations.kept.pages import Kind, editing, form_page, kept_at, relation_at

INVOICE = Kind(
    InvoiceForm,
    "facturen",
    _("New invoice"),
    _("Edit invoice"),
    _("The invoice has been saved as a draft."),
    save=drafts.save_draft,
    template="billing/invoicing/form.html",
    then=lambda invoice: reverse("billing:invoice", args=[invoice.pk]),
)


@editing
def invoice_new(request, pk):
    """Its lock is taken by the verb, together with that of the debtor and in one order."""
    relation = relation_at(request, pk, lock=False)
    today = timezone.localdate()
    due = today + timedelta(days=PAYMENT_DAYS)
    debtor = relation.invoice_debtor or relation
    return form_page(request, Invoice(relation=relation, debtor=debtor, issued_on=today, due_on=due), INVOICE)


@editing
def invoice_edit(request, pk):
    invoice = kept_at(request, Invoice, pk)
    drafts.refuse_unless_draft(invoice)
    return form_page(request, invoice, INVOICE)
