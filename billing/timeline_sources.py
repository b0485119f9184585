"""What billing puts on the timeline of a relation, for who may see it."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from billing.models import Payment
from relations.rights import VIEW
from relations.timeline.entries import Source, register


def _invoice(record, pk):
    return reverse("billing:invoice", args=[pk])


register(
    Source(
        kind="factuur",
        label=_("Invoice"),
        done=lambda record: record.invoices.issued(),
        when="issued_on",
        is_day=True,
        title="number",
        text="reference",
        amount="total",
        panel="facturen",
        url=_invoice,
        icon="banknotes",
        permission=VIEW,
        order=70,
    )
)
register(
    Source(
        kind="offerte",
        label=_("Quote"),
        done=lambda record: record.quotes.all(),
        when="issued_on",
        is_day=True,
        title="title",
        amount="total",
        panel="offertes",
        icon="document-text",
        permission=VIEW,
        order=80,
    )
)
register(
    Source(
        kind="mail",
        label=_("Sent mail"),
        done=lambda record: record.sent_mails.all(),
        when="sent_at",
        title="subject",
        panel="mailhistorie",
        icon="at-symbol",
        permission=VIEW,
        order=90,
    )
)
register(
    Source(
        kind="uren",
        label=_("Hours"),
        done=lambda record: record.timesheet_lines.all(),
        when="worked_on",
        is_day=True,
        title="description",
        who="employee__name",
        panel="uren",
        icon="clock",
        permission=VIEW,
        order=100,
    )
)
register(
    Source(
        kind="order",
        label=_("Order"),
        done=lambda record: record.orders.all(),
        when="ordered_on",
        is_day=True,
        title="number",
        text="description",
        amount="total",
        panel="orders",
        icon="shopping-cart",
        permission=VIEW,
        order=110,
    )
)
register(
    Source(
        kind="betaling",
        label=_("Payment"),
        done=lambda record: Payment.objects.filter(invoice__relation=record),
        when="paid_on",
        is_day=True,
        title="invoice__number",
        text="reference",
        amount="amount",
        panel="facturen",
        icon="credit-card",
        permission=VIEW,
        order=120,
    )
)
