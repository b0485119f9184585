"""Invoices with their lines and payments. Totals are stored: reports read them, erasure leaves them (R34, R35, R37)."""

from decimal import ROUND_HALF_UP, Decimal

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from crm.core.models import SafeUploadTo
from crm.core.searching import search_column
from relations.models import Relation

CENT = Decimal("0.01")


class InvoiceKind(models.TextChoices):
    NORMAL = "normal", _("Invoice")
    CONTRACT = "contract", _("Contract invoice")


class InvoiceStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SENT = "sent", _("Sent")
    PAID = "paid", _("Paid")
    CREDITED = "credited", _("Credited")


class InvoiceQuerySet(models.QuerySet):
    def open(self):
        """Sent or still a draft: not settled (R75, R96)."""
        return self.filter(status__in=OPEN_STATUSES)

    def issued(self):
        return self.exclude(status=InvoiceStatus.DRAFT)


OPEN_STATUSES = [InvoiceStatus.DRAFT, InvoiceStatus.SENT]


class Invoice(models.Model):
    number = models.CharField(_("number"), max_length=20, unique=True)
    relation = models.ForeignKey(
        Relation, models.PROTECT, related_name="invoices", db_index=False, verbose_name=_("relation")
    )
    debtor = models.ForeignKey(Relation, models.PROTECT, related_name="debtor_invoices", verbose_name=_("debtor"))
    kind = models.CharField(_("kind"), max_length=10, choices=InvoiceKind, default=InvoiceKind.NORMAL)
    status = models.CharField(_("status"), max_length=10, choices=InvoiceStatus, default=InvoiceStatus.DRAFT)
    issued_on = models.DateField(_("issued on"))
    due_on = models.DateField(_("due on"))
    addressee_name = models.CharField(_("addressee"), max_length=200)
    addressee_address = models.TextField(_("address"), blank=True)
    reference = models.CharField(_("reference"), max_length=120, blank=True)
    remarks = models.TextField(_("remarks"), blank=True)
    net = models.DecimalField(_("amount without VAT"), max_digits=12, decimal_places=2, default=0)
    vat = models.DecimalField(_("VAT"), max_digits=12, decimal_places=2, default=0)
    total = models.DecimalField(_("total"), max_digits=12, decimal_places=2, default=0)
    paid = models.DecimalField(_("paid amount"), max_digits=12, decimal_places=2, default=0)
    pdf = models.FileField(_("PDF"), upload_to=SafeUploadTo("invoices"), max_length=200, blank=True)

    search = search_column("number", "addressee_name", "reference")

    objects = InvoiceQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search"])

    class Meta:
        verbose_name = _("invoice")
        verbose_name_plural = _("invoices")
        indexes = [
            models.Index(fields=["issued_on"], name="invoice_by_month"),
            models.Index(fields=["relation", "issued_on"], name="invoice_by_relation"),
            models.Index(
                fields=["relation"],
                include=["total", "paid"],
                condition=Q(status=InvoiceStatus.SENT),
                name="invoice_open",
            ),
            GinIndex(fields=["search"], name="invoice_search"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on__gte=models.F("issued_on")),
                name="invoice_due_after_issue",
                violation_error_message=_("The due date lies before the date of the invoice."),
            )
        ]

    def __str__(self):
        return self.number

    @property
    def open_amount(self):
        return self.total - self.paid


class InvoiceLine(models.Model):
    invoice = models.ForeignKey(Invoice, models.PROTECT, related_name="lines", verbose_name=_("invoice"))
    description = models.CharField(_("description"), max_length=300)
    quantity = models.DecimalField(_("quantity"), max_digits=10, decimal_places=2)
    unit_price = models.DecimalField(_("price"), max_digits=12, decimal_places=2)
    vat_rate = models.DecimalField(_("VAT rate"), max_digits=4, decimal_places=1, default=21)
    net = models.DecimalField(_("amount without VAT"), max_digits=12, decimal_places=2)
    vat = models.DecimalField(_("VAT"), max_digits=12, decimal_places=2)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("invoice line")
        verbose_name_plural = _("invoice lines")

    def __str__(self):
        return self.description

    def reckon(self):
        """Its amounts, from quantity, price and VAT rate."""
        self.net = (self.quantity * self.unit_price).quantize(CENT, ROUND_HALF_UP)
        self.vat = (self.net * self.vat_rate / 100).quantize(CENT, ROUND_HALF_UP)


class Payment(models.Model):
    invoice = models.ForeignKey(Invoice, models.PROTECT, related_name="payments", verbose_name=_("invoice"))
    paid_on = models.DateField(_("paid on"))
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2)
    reference = models.CharField(_("reference"), max_length=140, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("payment")
        verbose_name_plural = _("payments")

    def __str__(self):
        return f"{self.paid_on} {self.amount}"


class ReminderFee(models.Model):
    invoice = models.ForeignKey(Invoice, models.PROTECT, related_name="reminder_fees", verbose_name=_("invoice"))
    charged_on = models.DateField(_("charged on"))
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2)
    description = models.CharField(_("description"), max_length=200, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("reminder fee")
        verbose_name_plural = _("reminder fees")

    def __str__(self):
        return f"{self.charged_on} {self.amount}"
