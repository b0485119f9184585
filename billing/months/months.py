"""The last months of the timesheet with what was written in them: two queries."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q, Sum
from django.db.models.functions import TruncMonth

from billing.models import MonthLock, TimesheetLine
from crm.core.periods import month_of

SHOWN = 18


@dataclass(frozen=True)
class Month:
    first: date
    hours: Decimal
    unbilled: Decimal
    lock: MonthLock | None
    has_ended: bool

    @property
    def query(self):
        return month_of(self.first).query


def lately(today):
    """Of the whole office, the newest first."""
    firsts = [today.replace(day=1)]
    while len(firsts) < SHOWN:
        firsts.append(month_of(firsts[-1]).previous.first)
    sums, locks = _sums(firsts[-1]), {lock.month: lock for lock in MonthLock.objects.open().select_related("by")}
    nothing = {"hours": Decimal(0), "unbilled": Decimal(0)}
    return [
        Month(first, lock=locks.get(first), has_ended=first < firsts[0], **sums.get(first, nothing)) for first in firsts
    ]


def _sums(since):
    unbilled = Sum("hours", filter=Q(billable=True, invoice_line=None), default=Decimal(0))
    rows = TimesheetLine.objects.filter(worked_on__gte=since).order_by().annotate(month=TruncMonth("worked_on"))
    sums = rows.values("month").annotate(all_hours=Sum("hours"), unbilled=unbilled)
    return {row["month"]: {"hours": row["all_hours"], "unbilled": row["unbilled"]} for row in sums}
