"""The hours of one employee in one week: a row for each relation, service and rate, a column for each day."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from django.utils.translation import gettext as _

from billing.models import MonthLock, Service, TimesheetLine
from crm.core.drift import digest
from relations.models import Relation


@dataclass(frozen=True, order=True)
class RowKey:
    """What the hours of a row have in common. Written as text it names the row in a form."""

    relation_id: int
    service: str
    rate: Decimal
    billable: bool

    def __str__(self):
        return f"{self.relation_id}-{self.service}-{self.rate:f}-{int(self.billable)}"

    @classmethod
    def of(cls, line):
        return cls(line.relation_id, line.service, line.rate, line.billable)


@dataclass(frozen=True)
class Cell:
    """The lines of one row on one day; only one line at most can be typed over."""

    day: date
    lines: tuple
    is_locked: bool

    @property
    def hours(self):
        return sum((line.hours for line in self.lines), Decimal(0))

    @property
    def reason(self):
        """Why it cannot be changed here, or ""."""
        if self.is_locked:
            return _("This month is locked.")
        if any(line.invoice_line_id for line in self.lines):
            return _("These hours are on an invoice.")
        if len(self.lines) > 1:
            return _("There are several lines on this day: change them one by one.")
        return ""


@dataclass(frozen=True)
class Row:
    key: RowKey
    relation: Relation
    cells: tuple

    @property
    def service(self):
        return Service(self.key.service).label

    @property
    def hours(self):
        return sum((cell.hours for cell in self.cells), Decimal(0))


@dataclass(frozen=True)
class Week:
    """`locked` holds the first days of the locked months in it."""

    period: object
    lines: list
    locked: frozenset

    @property
    def fingerprint(self):
        """Differs as soon as a line of this week differs."""
        return fingerprint(self.lines)

    @property
    def rows(self):
        found = sorted(self.lines, key=lambda line: (line.relation.name.casefold(), RowKey.of(line), line.worked_on))
        return [self._row(key, list(lines)) for key, lines in groupby(found, key=RowKey.of)]

    def empty_rows(self, keys, relations):
        """Rows without hours; `relations` is {key: Relation}."""
        return [Row(key, relations[key.relation_id], self._cells([])) for key in keys if key.relation_id in relations]

    def is_locked(self, day):
        return day.replace(day=1) in self.locked

    def _row(self, key, lines):
        return Row(key, lines[0].relation, self._cells(lines))

    def _cells(self, lines):
        return tuple(
            Cell(day, tuple(line for line in lines if line.worked_on == day), self.is_locked(day))
            for day in self.period.days
        )


def lines_of(employee, period):
    return TimesheetLine.objects.filter(employee=employee, worked_on__range=(period.first, period.last)).order_by("pk")


def week_of_employee(employee, period):
    """Two queries, however many hours."""
    lines = list(lines_of(employee, period).select_related("relation"))
    return Week(period, lines, frozenset(MonthLock.objects.months(period.first, period.last)))


def keys_of(employee, period):
    """The rows of a week, without its hours, in the order of the grid; one query."""
    lines = lines_of(employee, period).filter(relation__archival=None).select_related("relation")
    found = sorted({(line.relation.name.casefold(), RowKey.of(line)) for line in lines})
    return [key for _name, key in found]


def fingerprint(lines):
    seen = [
        (line.pk, str(RowKey.of(line)), line.worked_on.isoformat(), f"{line.hours:f}", line.invoice_line_id)
        for line in sorted(lines, key=lambda line: line.pk)
    ]
    return digest(seen)
