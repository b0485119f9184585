"""What billing puts on the timeline of a relation, for who may see it."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from billing.actions.access import VIEW
from relations.timeline import Source, register
from relations.timeline_sources import tab


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
        url=tab("offertes"),
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
        url=tab("mailhistorie"),
        icon="at-symbol",
        permission=VIEW,
        order=90,
    )
)
