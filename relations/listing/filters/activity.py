"""When something was last done with a relation: the newest of what each app registers, not counting what lies ahead."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Greatest, TruncDate
from django.utils import timezone

from crm.core.conditions import Dates
from crm.core.conditions.kinds import DAY, between

NOBODY_AT_ALL = Q(pk__in=[])


@dataclass(frozen=True)
class ActivitySource:
    """`rows()` gives a QuerySet of rows with `relation`; `column` is when, a day or (`is_moment`) a moment."""

    rows: Callable
    column: str
    is_moment: bool = False

    def during(self, first, last):
        """The rows of one relation in those days."""
        rows = self.rows().order_by().filter(between(self.column, first, last, is_moment=self.is_moment))
        return rows.filter(relation=OuterRef("pk")).values("pk")

    def newest(self):
        """The day of the newest row of a relation up to today, or NULL."""
        day = TruncDate(self.column) if self.is_moment else F(self.column)
        rows = self.rows().filter(between(self.column, None, timezone.localdate(), is_moment=self.is_moment))
        return Subquery(rows.filter(relation=OuterRef("pk")).order_by(F(self.column).desc()).values_list(day)[:1])


_sources: list[ActivitySource] = []


def register(source):
    _sources.append(source)


def latest():
    """For a column: the day that LastActivity goes by, NULL when there is none."""
    return Greatest(*(source.newest() for source in _sources))


@dataclass(frozen=True, kw_only=True)
class LastActivity(Dates):
    """The newest lies in some days when something does, and nothing between those days and today."""

    column: str = ""

    def during(self, first, last):
        today = timezone.localdate()
        last = min(last, today) if last else today
        if first and first > last:
            return NOBODY_AT_ALL
        found = _something(first, last)
        return found & ~_something(last + DAY, today) if last < today else found

    def never(self):
        return ~_something(None, timezone.localdate())


def _something(first, last):
    """One look at a relation, that ends at the first row found in the index of any source."""
    rows = [source.during(first, last) for source in _sources]
    return Q(Exists(rows[0].union(*rows[1:], all=True)))
