"""Wording and colour of an invoice's state, the same on every screen."""

from django.utils import timezone
from django.utils.translation import gettext as _

from billing.models import InvoiceStatus

INVOICE_TONES = {InvoiceStatus.PAID: "ok", InvoiceStatus.SENT: "accent"}


def invoice_state(invoice):
    """What components/badge.html needs."""
    if invoice.status == InvoiceStatus.SENT and invoice.due_on < timezone.localdate():
        return {"text": _("Overdue"), "tone": "danger", "icon": "exclamation-triangle"}
    return {"text": invoice.get_status_display(), "tone": INVOICE_TONES.get(invoice.status)}
