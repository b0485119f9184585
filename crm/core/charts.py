"""A small bar chart, drawn on the server: a month a bar."""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format

from crm.core.templatetags import formats

MONTHS = 12
WIDTH, HEIGHT = 10, 100  # of a bar's place, in units of the drawing
GAP = 2
LOWEST = 2  # of a bar that is not nothing


@dataclass(frozen=True)
class Bar:
    month: date
    value: object
    text: str  # the value as it is written
    x: int
    y: int
    height: int
    width: int = WIDTH - GAP

    @property
    def letter(self):
        return date_format(self.month, "SHORT_MONTH_FORMAT")[:1].lower()


@dataclass(frozen=True)
class Chart:
    """`title` says what is drawn."""

    title: str
    bars: list

    @property
    def box(self):
        return f"0 0 {WIDTH * len(self.bars)} {HEIGHT}"

    @property
    def is_empty(self):
        return not any(bar.value for bar in self.bars)


def chart_of_months(values, *, title, today, write=formats.amount):
    """`values` {first day of a month: number} of the last twelve months; other months are left out."""
    months = last_months(today)
    highest = max([values.get(month, 0) for month in months]) or 1
    bars = [_bar(index, month, values.get(month, 0), highest, write) for index, month in enumerate(months)]
    return Chart(title, bars)


def last_months(today):
    """The first days of this month and of the eleven before it, the oldest first."""
    ends = [today.year * 12 + today.month - 1 - back for back in reversed(range(MONTHS))]
    return [date(end // 12, end % 12 + 1, 1) for end in ends]


def _bar(index, month, value, highest, write):
    height = max(round(HEIGHT * float(value) / float(highest)), LOWEST) if value else 0
    return Bar(month, value, write(value), index * WIDTH + GAP // 2, HEIGHT - height, height)
