"""What of a relation is not invoiced yet, and what it comes to."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property

from django.db.models import F, Sum
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from billing.models import Instalment, Service, TimesheetLine
from crm.core.drift import digest
from crm.core.languages import in_office_language

VAT_RATE = Decimal("21.0")
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Entry:
    """One row to invoice: hours or an instalment."""

    row: TimesheetLine | Instalment
    description: str
    quantity: Decimal
    unit_price: Decimal

    @property
    def net(self):
        return (self.quantity * self.unit_price).quantize(CENT, ROUND_HALF_UP)

    @property
    def vat(self):
        return (self.net * VAT_RATE / 100).quantize(CENT, ROUND_HALF_UP)

    def line_fields(self):
        return {
            "description": self.description,
            "quantity": self.quantity,
            "unit_price": self.unit_price,
            "vat_rate": VAT_RATE,
            "net": self.net,
            "vat": self.vat,
        }


@dataclass(frozen=True)
class Work:
    timesheet_lines: list
    instalments: list

    @cached_property
    def entries(self):
        return [_hours_entry(row) for row in self.timesheet_lines] + [
            _instalment_entry(row) for row in self.instalments
        ]

    @property
    def hours(self):
        return sum((row.hours for row in self.timesheet_lines), Decimal(0))

    @property
    def net(self):
        return sum((entry.net for entry in self.entries), Decimal(0))

    @property
    def vat(self):
        return sum((entry.vat for entry in self.entries), Decimal(0))

    @property
    def total(self):
        return self.net + self.vat

    @property
    def fingerprint(self):
        """Differs as soon as a row, its quantity or its price differs."""
        seen = [f"{type(e.row).__name__}:{e.row.pk}:{e.quantity:f}:{e.unit_price:f}" for e in self.entries]
        return digest(seen)


def totals_of(relations):
    """{"hours", "amount"} of all that is not invoiced yet of `relations`, in two queries."""
    worked = TimesheetLine.objects.unbilled().filter(relation__in=relations.order_by().values("pk"))
    agreed = Instalment.objects.unbilled().filter(agreement__relation__in=relations.order_by().values("pk"))
    found = worked.aggregate(all_hours=Sum("hours", default=0), worth=Sum(F("hours") * F("rate"), default=Decimal(0)))
    instalments = agreed.aggregate(all=Sum("amount", default=Decimal(0)))["all"]
    return {"hours": found["all_hours"], "amount": found["worth"] + instalments}


def work_of(relation, *, lock=False):
    """Everything of `relation` that can be invoiced now; with `lock` nobody else can invoice it meanwhile."""
    lines = TimesheetLine.objects.unbilled().filter(relation=relation)
    instalments = Instalment.objects.unbilled().filter(agreement__relation=relation).select_related("agreement")
    if lock:
        lines, instalments = lines.select_for_update(), instalments.select_for_update(of=("self",))
    else:
        lines = lines.select_related("employee")
    return Work(list(lines.order_by("worked_on", "pk")), list(instalments.order_by("due_on", "pk")))


def _hours_entry(row):
    with in_office_language():
        description = row.description or _work_of(row)
    return Entry(row, _dated(row.worked_on, description), row.hours, row.rate)


def _work_of(row):
    return _("Hours worked") if row.service == Service.OTHER else row.get_service_display()


def _instalment_entry(row):
    description = ", ".join(part for part in (row.agreement.title, row.description) if part)
    return Entry(row, _dated(row.due_on, description), Decimal("1.00"), row.amount)


def _dated(day, text):
    """As the customer reads it on the invoice."""
    with in_office_language():
        return f"{date_format(day, 'SHORT_DATE_FORMAT')} {text}"[:300]
