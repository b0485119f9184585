"""What relations can be asked about their work and invoices."""

from django.db.models import F, Q, Sum
from django.utils.translation import gettext_lazy as _

from billing.models import Instalment, Invoice, InvoiceStatus, TimesheetLine
from crm.core.conditions import Amount, Rows
from relations.listing.filters import CONDITIONS, ActivitySource, activity
from relations.listing.filters.vocabulary import WORK


def owing(comparison, amount):
    """The relations whose own sent invoices come to an open amount that compares so with `amount`."""
    sent = Invoice.objects.filter(status=InvoiceStatus.SENT).order_by().values("relation")
    sums = sent.annotate(open=Sum(F("total") - F("paid"))).filter(**{f"open__{comparison}": amount})
    return Q(pk__in=sums.values("relation"))


def unbilled_hours():
    return TimesheetLine.objects.unbilled()


def unbilled_instalments():
    return Instalment.objects.unbilled()


CONDITIONS.register(
    Amount(key="open_amount", label=_("Open amount"), section=WORK, those=owing),
    Rows(
        key="unbilled",
        label=_("Unbilled work"),
        section=WORK,
        rows=[unbilled_hours, unbilled_instalments],
        path=["relation", "agreement__relation"],
    ),
)
activity.register(ActivitySource(TimesheetLine.objects.all, "worked_on"))
activity.register(ActivitySource(Invoice.objects.all, "issued_on"))
