from datetime import date
from decimal import Decimal

import factory

from billing import models
from tests.factories.accounts import EmployeeFactory
from tests.factories.relations import MOMENT, ArchivableFactory, RelationFactory

DAY = date(2026, 3, 2)


class InvoiceFactory(factory.django.DjangoModelFactory):
    """A sent invoice of € 121,00."""

    class Meta:
        model = models.Invoice

    number = factory.Sequence(lambda n: f"2026-{n:04}")
    relation = factory.SubFactory(RelationFactory)
    debtor = factory.SelfAttribute("relation")
    status = models.InvoiceStatus.SENT
    issued_on = DAY
    due_on = date(2026, 4, 1)
    addressee_name = "Bakkerij Van der Meer B.V."
    net = Decimal("100.00")
    vat = Decimal("21.00")
    total = Decimal("121.00")

    class Params:
        settled = factory.Trait(status=models.InvoiceStatus.PAID, paid=Decimal("121.00"))


class InvoiceLineFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.InvoiceLine

    invoice = factory.SubFactory(InvoiceFactory)
    description = "Jaarrekening"
    quantity = Decimal("1.00")
    unit_price = Decimal("100.00")
    net = Decimal("100.00")
    vat = Decimal("21.00")


class PaymentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Payment

    invoice = factory.SubFactory(InvoiceFactory)
    paid_on = DAY
    amount = Decimal("121.00")


class ReminderFeeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.ReminderFee

    invoice = factory.SubFactory(InvoiceFactory, settled=True)
    charged_on = DAY
    amount = Decimal("40.00")


class ProjectFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Project

    relation = factory.SubFactory(RelationFactory)
    name = "Jaarrekening 2025"


class MonthLockFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.MonthLock

    month = date(2026, 2, 1)
    by = factory.SubFactory(EmployeeFactory)


class TimesheetLineFactory(factory.django.DjangoModelFactory):
    """Two hours that are not invoiced yet; `billed=True` for hours on an invoice."""

    class Meta:
        model = models.TimesheetLine

    employee = factory.SubFactory(EmployeeFactory)
    relation = factory.SubFactory(RelationFactory)
    worked_on = DAY
    hours = Decimal("2.00")
    rate = Decimal("95.00")
    description = "Boekhouding"

    class Params:
        billed = factory.Trait(
            invoice_line=factory.SubFactory(
                InvoiceLineFactory,
                invoice=factory.SubFactory(InvoiceFactory, settled=True, relation=factory.SelfAttribute("...relation")),
            )
        )


class PriceAgreementFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.PriceAgreement

    relation = factory.SubFactory(RelationFactory)
    title = "Jaarwerk 2025"
    total = Decimal("1200.00")
    starts_on = date(2026, 1, 1)


class InstalmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Instalment

    agreement = factory.SubFactory(PriceAgreementFactory)
    due_on = date(2026, 4, 1)
    amount = Decimal("300.00")


class QuoteFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Quote

    relation = factory.SubFactory(RelationFactory)
    number = factory.Sequence(lambda n: f"OF{n:05}")
    title = "Maandcijfers"
    issued_on = DAY
    total = Decimal("600.00")


class OrderFactory(factory.django.DjangoModelFactory):
    """A delivered and invoiced order."""

    class Meta:
        model = models.Order

    relation = factory.SubFactory(RelationFactory)
    number = factory.Sequence(lambda n: f"OR{n:05}")
    ordered_on = DAY
    description = "Boekhoudpakket"
    total = Decimal("250.00")
    delivered_on = DAY
    invoiced_on = DAY


class ReceiptFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Receipt

    relation = factory.SubFactory(RelationFactory)
    number = factory.Sequence(lambda n: f"KW{n:05}")
    received_on = DAY
    amount = Decimal("50.00")


class ResellerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Reseller

    relation = factory.SubFactory(RelationFactory)
    name = "Pakketpartner"


class SentMailFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.SentMail

    relation = factory.SubFactory(RelationFactory)
    recipient = "info@bakkerij.example"
    subject = "Uw factuur"
    sent_at = MOMENT


class DirectDebitMandateFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.DirectDebitMandate

    relation = factory.SubFactory(RelationFactory)
    reference = factory.Sequence(lambda n: f"MAND{n:06}")
    iban = "NL91ABNA0417164300"
    signed_on = DAY


class PledgeFactory(ArchivableFactory):
    class Meta:
        model = models.Pledge

    relation = factory.SubFactory(RelationFactory)
    amount = Decimal("25.00")
    starts_on = DAY


class SubscriptionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Subscription

    relation = factory.SubFactory(RelationFactory)
    product = "Office"
    price = Decimal("29.50")
    starts_on = DAY
