"""Worked hours and the agreements under which work is billed."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from billing.models.invoices import InvoiceLine
from billing.models.months import refuse_in_locked_month
from relations.models import Relation


class Project(models.Model):
    relation = models.ForeignKey(Relation, models.PROTECT, related_name="projects", verbose_name=_("relation"))
    name = models.CharField(_("name"), max_length=200)
    description = models.TextField(_("description"), blank=True)
    starts_on = models.DateField(_("starts on"), null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")

    def __str__(self):
        return self.name


class Service(models.TextChoices):
    """What the hours went into."""

    BOOKKEEPING = "bookkeeping", _("Bookkeeping")
    ACCOUNTS = "accounts", _("Annual accounts")
    VAT = "vat", _("VAT return")
    TAX = "tax", _("Tax return")
    PAYROLL = "payroll", _("Payroll")
    ADVICE = "advice", _("Advice")
    OTHER = "other", _("Other work")


class TimesheetLineQuerySet(models.QuerySet):
    def unbilled(self):
        """Billable hours that stand on no invoice yet (R5)."""
        return self.filter(billable=True, invoice_line=None)


class TimesheetLine(models.Model):
    employee = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="timesheet_lines", verbose_name=_("employee")
    )
    relation = models.ForeignKey(
        Relation, models.PROTECT, related_name="timesheet_lines", db_index=False, verbose_name=_("relation")
    )
    project = models.ForeignKey(
        Project, models.PROTECT, null=True, blank=True, related_name="timesheet_lines", verbose_name=_("project")
    )
    service = models.CharField(_("service"), max_length=20, choices=Service, default=Service.OTHER)
    worked_on = models.DateField(_("date"))
    hours = models.DecimalField(_("hours"), max_digits=5, decimal_places=2)
    rate = models.DecimalField(_("hourly rate"), max_digits=8, decimal_places=2)
    description = models.CharField(_("description"), max_length=200, blank=True)
    billable = models.BooleanField(_("billable"), default=True)
    invoice_line = models.ForeignKey(
        InvoiceLine, models.PROTECT, null=True, blank=True, related_name="timesheet_lines", verbose_name=_("billed by")
    )

    objects = TimesheetLineQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("timesheet line")
        verbose_name_plural = _("timesheet lines")
        indexes = [
            models.Index(fields=["worked_on", "employee"], name="timesheetline_report"),
            models.Index(fields=["relation", "worked_on"], name="timesheetline_by_relation"),
            models.Index(
                fields=["relation"], condition=Q(billable=True, invoice_line=None), name="timesheetline_unbilled"
            ),
            models.Index(  # what each employee has to bill, without reading the rows
                fields=["employee", "worked_on"],
                include=["hours", "rate", "relation"],
                condition=Q(billable=True, invoice_line=None),
                name="timesheetline_unbilled_of",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(hours__gt=0, hours__lte=24),
                name="timesheetline_hours_of_a_day",
                violation_error_message=_("Fill in more than 0 and at most 24 hours."),
            )
        ]
        triggers = [
            # not `billable`: whether hours are invoiced or written off is decided when invoicing, after the month
            refuse_in_locked_month(
                "worked_on",
                "employee_id",
                "relation_id",
                "project_id",
                "service",
                "hours",
                "rate",
                "description",
            )
        ]

    def __str__(self):
        return f"{self.worked_on} {self.hours}"

    @property
    def amount(self):
        return self.hours * self.rate


class PriceAgreement(models.Model):
    relation = models.ForeignKey(Relation, models.PROTECT, related_name="price_agreements", verbose_name=_("relation"))
    title = models.CharField(_("title"), max_length=200)
    description = models.TextField(_("description"), blank=True)
    total = models.DecimalField(_("total"), max_digits=12, decimal_places=2)
    starts_on = models.DateField(_("starts on"))

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("price agreement")
        verbose_name_plural = _("price agreements")

    def __str__(self):
        return self.title


class InstalmentQuerySet(models.QuerySet):
    def unbilled(self):
        """Instalments that stand on no invoice yet (R6)."""
        return self.filter(invoice_line=None)


class Instalment(models.Model):
    agreement = models.ForeignKey(
        PriceAgreement, models.PROTECT, related_name="instalments", verbose_name=_("price agreement")
    )
    due_on = models.DateField(_("due on"))
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2)
    description = models.CharField(_("description"), max_length=200, blank=True)
    invoice_line = models.ForeignKey(
        InvoiceLine, models.PROTECT, null=True, blank=True, related_name="instalments", verbose_name=_("billed by")
    )

    objects = InstalmentQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("instalment")
        verbose_name_plural = _("instalments")
        indexes = [models.Index(fields=["agreement"], condition=Q(invoice_line=None), name="instalment_unbilled")]
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="instalment_amount_above_zero")]

    def __str__(self):
        return f"{self.due_on} {self.amount}"
