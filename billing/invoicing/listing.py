"""The list of invoices: its columns and what it can be sorted by."""

from django.utils.translation import gettext_lazy as _

from billing.invoicing.filters import InvoiceFilter
from billing.models import Invoice
from crm.core.lists import Heading, Listing
from relations.sight import seen_by


class InvoiceListing(Listing):
    filterset_class = InvoiceFilter
    headings = (
        Heading("number", _("Number"), order_by=["number"]),
        Heading("relation", _("Relation")),
        Heading("issued_on", _("Issued on"), order_by=["issued_on"]),
        Heading("due_on", _("Due on")),
        Heading("total", _("Total"), numeric=True),
        Heading("open", _("Open amount"), numeric=True),
        Heading("status", _("Status")),
    )
    default_sort = "-issued_on"

    def __init__(self, parameters, *, by):
        super().__init__(parameters, seen_by(by, Invoice.objects.select_related("relation")), by)
