from django.db import transaction
from django.utils.translation import gettext as _

from billing.models import Invoice, InvoiceStatus, Payment
from crm.core.refusals import Refusal, require
from crm.core.templatetags.formats import money
from relations.rights import CHANGE

PAYABLE = [InvoiceStatus.SENT, InvoiceStatus.PAID]


@transaction.atomic
def register_payment(invoice, *, amount, on, by, reference=""):
    """Enter a payment, or with a negative amount a repayment; the invoice is paid as soon as nothing is open.

    Works for an archived relation too: money may still come in (R75).
    """
    require(by, CHANGE)
    invoice = Invoice.objects.select_for_update().get(pk=invoice.pk)
    _refuse_unpayable(invoice, amount)
    payment = Payment.objects.create(invoice=invoice, paid_on=on, amount=amount, reference=reference)
    invoice.paid += amount
    invoice.status = InvoiceStatus.PAID if invoice.paid == invoice.total else InvoiceStatus.SENT
    invoice.save()
    return payment


def _refuse_unpayable(invoice, amount):
    if invoice.status not in PAYABLE:
        raise Refusal(_("Payments can be entered on a sent invoice only."))
    if amount > invoice.open_amount:
        sentence = _("This is more than what is still open on the invoice. Fill in %(open)s at most.")
        raise Refusal(sentence % {"open": money(invoice.open_amount)})
    if invoice.paid + amount < 0:
        sentence = _("This is more than what has been paid on the invoice. Pay back %(paid)s at most.")
        raise Refusal(sentence % {"paid": money(invoice.paid)})
