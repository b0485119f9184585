"""The figures of the office. Counted by id; name and number are read when shown, so that an erased relation stands
there as 'Verwijderd' with the same figures (R35, R36).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Count, F, Max, Min, Q, Sum
from django.db.models.functions import ExtractMonth

from billing.models import Invoice, InvoiceStatus, TimesheetLine
from crm.accounts.models import Employee
from relations.models import Relation

NOTHING = Decimal(0)
MONTHS = range(1, 13)


@dataclass(frozen=True)
class EmployeeHours:
    employee_id: int
    name: str
    months: tuple[Decimal, ...]  # twelve
    total: Decimal
    billable: Decimal


@dataclass(frozen=True)
class HoursReport:
    year: int
    rows: list[EmployeeHours]
    months: tuple[Decimal, ...]
    total: Decimal
    billable: Decimal


@dataclass(frozen=True)
class Revenue:
    """What was invoiced; `credited` is the total of what was credited afterwards and is not in the other figures."""

    invoices: int = 0
    net: Decimal = NOTHING
    vat: Decimal = NOTHING
    total: Decimal = NOTHING
    credited: Decimal = NOTHING


@dataclass(frozen=True)
class RevenueReport:
    year: int
    months: list[tuple[date, Revenue]]  # the first day of each of twelve months
    whole: Revenue


@dataclass(frozen=True)
class Debtor:
    relation_id: int | None  # None in the totals, and of one that is withheld
    number: str
    name: str
    invoices: int
    open: Decimal
    ages: tuple[Decimal, ...]  # per AGES


# What is open by how long it is overdue: (first day, last day) after the due date.
AGES = ((None, 0), (1, 30), (31, 60), (61, 90), (91, None))


@dataclass(frozen=True)
class DebtorsReport:
    on: date
    rows: list[Debtor]
    whole: Debtor


def hours_per_employee(year):
    """Hours of each employee per month of `year`, billed or not."""
    sums = (
        TimesheetLine.objects.filter(worked_on__range=_span(year))
        .values("employee_id", month=ExtractMonth("worked_on"))
        .annotate(written=Sum("hours"), billable_hours=Sum("hours", filter=Q(billable=True)))
        .order_by("employee_id", "month")
    )
    by_employee = {}
    for row in sums:
        by_employee.setdefault(row["employee_id"], {})[row["month"]] = (
            row["written"],
            row["billable_hours"] or NOTHING,
        )
    names = dict(Employee.objects.filter(pk__in=by_employee).values_list("pk", "name"))
    rows = [_employee_hours(pk, names[pk], found) for pk, found in by_employee.items()]
    rows.sort(key=lambda row: (row.name.lower(), row.employee_id))
    months = tuple(sum((row.months[month - 1] for row in rows), NOTHING) for month in MONTHS)
    return HoursReport(year, rows, months, sum(months, NOTHING), sum((row.billable for row in rows), NOTHING))


def revenue_per_month(year):
    """Sent and paid invoices by month of their date; drafts do not count."""
    sums = (
        Invoice.objects.issued()
        .filter(issued_on__range=_span(year))
        .values(month=ExtractMonth("issued_on"))
        .annotate(**_revenue_sums())
        .order_by("month")
    )
    found = {row.pop("month"): _revenue(row) for row in sums}
    whole = _revenue(Invoice.objects.issued().filter(issued_on__range=_span(year)).aggregate(**_revenue_sums()))
    return RevenueReport(year, [(date(year, month, 1), found.get(month, Revenue())) for month in MONTHS], whole)


def debtors(on, *, by):
    """What each debtor has to pay, by how long it is overdue on `on`; the largest amount first.

    The figures are those of all; a debtor that is withheld from employee `by` has no name in it and no number.
    """
    unpaid = Invoice.objects.filter(status=InvoiceStatus.SENT)
    sums = unpaid.values("debtor_id").annotate(**_debtor_sums(on)).order_by("-open", "debtor_id")
    whole = unpaid.aggregate(**_debtor_sums(on))
    rows = list(sums)
    relations = (
        Relation.objects.filter(pk__in=[row["debtor_id"] for row in rows])
        .only("number", "name", "restricted")
        .in_bulk()
    )
    return DebtorsReport(on, [_debtor(row, relations[row["debtor_id"]], by) for row in rows], _debtor(whole))


def years(model, field):
    """Every year from the first to the last row, the newest first."""
    span = model.objects.aggregate(first=Min(field), last=Max(field))
    return list(range(span["last"].year, span["first"].year - 1, -1)) if span["first"] else []


def _span(year):
    return date(year, 1, 1), date(year, 12, 31)


def _employee_hours(pk, name, found):
    months = tuple(found.get(month, (NOTHING, NOTHING))[0] for month in MONTHS)
    billable = sum((billable for _hours, billable in found.values()), NOTHING)
    return EmployeeHours(pk, name, months, sum(months, NOTHING), billable)


def _revenue_sums():
    counted = ~Q(status=InvoiceStatus.CREDITED)
    return {
        "invoices": Count("pk", filter=counted),
        **{f"sum_{name}": Sum(name, filter=counted) for name in ("net", "vat", "total")},
        "sum_credited": Sum("total", filter=~counted),
    }


def _revenue(row):
    amounts = {name: row[f"sum_{name}"] or NOTHING for name in ("net", "vat", "total", "credited")}
    return Revenue(invoices=row["invoices"], **amounts)


def _debtor_sums(on):
    amount = F("total") - F("paid")
    ages = {f"age_{index}": Sum(amount, filter=_overdue(on, *days)) for index, days in enumerate(AGES)}
    return {"invoices": Count("pk"), "open": Sum(amount), **ages}


def _overdue(on, first, last):
    due = Q()
    if first is not None:
        due &= Q(due_on__lte=on - timedelta(days=first))
    if last is not None:
        due &= Q(due_on__gte=on - timedelta(days=last))
    return due


def _debtor(row, relation=None, by=None):
    is_seen = relation is not None and relation.is_seen_by(by)
    return Debtor(
        relation_id=relation.pk if is_seen else None,
        number=relation.number if is_seen else "",
        name=relation.name_for(by) if relation else "",
        invoices=row["invoices"],
        open=row["open"] or NOTHING,
        ages=tuple(row[f"age_{index}"] or NOTHING for index in range(len(AGES))),
    )
