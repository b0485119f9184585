"""The week or month that an agenda or timesheet shows, from its address: ?week=2026-W10 or ?maand=2026-03."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from crm.core.refusals import Refusal
from crm.core.spelling import YEARS

WEEK, MONTH = "week", "maand"


@dataclass(frozen=True)
class Period:
    kind: str
    first: date
    last: date

    @property
    def key(self):
        """As it stands in the address."""
        if self.kind == MONTH:
            return f"{self.first:%Y-%m}"
        year, week, _day = self.first.isocalendar()
        return f"{year}-W{week:02}"

    @property
    def is_month(self):
        return self.kind == MONTH

    @property
    def query(self):
        return f"?{self.kind}={self.key}"

    @property
    def label(self):
        if self.kind == MONTH:
            return date_format(self.first, "YEAR_MONTH_FORMAT")
        span = f"{date_format(self.first, 'MONTH_DAY_FORMAT')} – {date_format(self.last, 'DATE_FORMAT')}"
        return _("Week %(week)d · %(span)s") % {"week": self.first.isocalendar().week, "span": span}

    @property
    def previous(self):
        return _period(self.kind, self.first - timedelta(days=1))

    @property
    def next(self):
        return _period(self.kind, self.last + timedelta(days=1))

    @property
    def days(self):
        return [self.first + timedelta(days=number) for number in range((self.last - self.first).days + 1)]

    @property
    def week(self):
        return week_of(self.first)

    @property
    def month(self):
        return month_of(self.last)

    def __contains__(self, day):
        return self.first <= day <= self.last


def week_of(day):
    first = day - timedelta(days=day.weekday())
    return Period(WEEK, first, first + timedelta(days=6))


def month_of(day):
    first = day.replace(day=1)
    return Period(MONTH, first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1))


def period_of(parameters, today):
    """The period that the address asks for, the week of `today` when it asks for none."""
    if WEEK in parameters and MONTH in parameters:
        raise Refusal(_("This address holds a week and a month. Choose one of them."), status=400)
    try:
        day, kind = _asked(parameters) or (today, WEEK)
        if day.year in YEARS:
            return _period(kind, day)
    except (ValueError, OverflowError):
        pass
    raise Refusal(_("This address holds no week or month that can be shown. Open the page from the menu."), status=400)


def _asked(parameters):
    if WEEK in parameters:
        return datetime.strptime(f"{parameters[WEEK]}-1", "%G-W%V-%u").date(), WEEK
    if MONTH in parameters:
        return datetime.strptime(parameters[MONTH], "%Y-%m").date(), MONTH
    return None


def _period(kind, day):
    return month_of(day) if kind == MONTH else week_of(day)
