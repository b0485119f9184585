"""What is filled in after an operator: read from the address to the letter, shown to people, asked in a form."""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from crm.core.fields import AmountField
from crm.core.templatetags.formats import money

LONGEST = 120
FIRST_YEAR, LAST_YEAR = 1800, 2199
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
AGO = re.compile(r"([1-9][0-9]{0,4})([dwmy])")
AMOUNT = re.compile(r"(0|[1-9][0-9]{0,8})(\.[0-9]{1,2})?")


class Malformed(ValueError):
    """Text that is no value of this kind."""


class Gone(ValueError):
    """Well-formed, but what it stands for does not exist (any more)."""


@dataclass(frozen=True)
class Known:
    """What reading one address needs to know: who asks and which day it is. Choices are fetched once."""

    by: object = None
    today: date = field(default_factory=timezone.localdate)
    _choices: dict = field(default_factory=dict)

    def choices(self, source):
        if source not in self._choices:
            self._choices[source] = {str(key): str(label) for key, label in source()}
        return self._choices[source]


class Words:
    """Text that somebody types."""

    def as_kept(self, value):
        """How the database would hold it."""
        return value

    def parse(self, text, known):
        words = " ".join(text.split())
        if not words or len(words) > LONGEST or not words.isprintable():
            raise Malformed(text)
        return words

    def written(self, value):
        return value

    def shown(self, value, known):
        return f"“{value}”"

    def fields(self, known):
        return {"value": forms.CharField(label=_("Text"), max_length=LONGEST)}

    def typed(self, answers):
        return answers["value"]


@dataclass(frozen=True)
class OneOf:
    """One of the choices that `source()` gives: [(key, label)]; of rows the key is their number."""

    source: Callable

    def parse(self, text, known):
        if text not in known.choices(self.source):
            raise Gone(text)
        return text

    def written(self, value):
        return value

    def shown(self, value, known):
        return known.choices(self.source)[value]

    def fields(self, known):
        return {"value": forms.ChoiceField(label=_("Value"), choices=list(known.choices(self.source).items()))}

    def typed(self, answers):
        return answers["value"]


class Day:
    def parse(self, text, known):
        try:
            day = date.fromisoformat(text) if DAY.fullmatch(text) else None
        except ValueError:
            day = None
        if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise Malformed(text)
        return day

    def written(self, value):
        return value.isoformat()

    def shown(self, value, known):
        return date_format(value, "SHORT_DATE_FORMAT")

    def fields(self, known):
        return {"value": _day_field(_("Date"))}

    def typed(self, answers):
        return answers["value"].isoformat()


class Period:
    """The days from the first up to and including the last: (first, last)."""

    def parse(self, text, known):
        first, _dots, last = text.partition("..")
        days = Day().parse(first, known), Day().parse(last, known)
        if days[0] > days[1]:
            raise Malformed(text)
        return days

    def written(self, value):
        return f"{value[0].isoformat()}..{value[1].isoformat()}"

    def shown(self, value, known):
        first, last = (date_format(day, "SHORT_DATE_FORMAT") for day in value)
        return _("%(first)s and %(last)s") % {"first": first, "last": last}

    def fields(self, known):
        return {"value": _day_field(_("First day")), "last": _day_field(_("Last day"))}

    def typed(self, answers):
        return f"{answers['value'].isoformat()}..{answers['last'].isoformat()}"


UNITS = {
    "d": (gettext_lazy("days"), lambda n: ngettext("%(count)d day", "%(count)d days", n)),
    "w": (gettext_lazy("weeks"), lambda n: ngettext("%(count)d week", "%(count)d weeks", n)),
    "m": (gettext_lazy("months"), lambda n: ngettext("%(count)d month", "%(count)d months", n)),
    "y": (gettext_lazy("years"), lambda n: ngettext("%(count)d year", "%(count)d years", n)),
}


class Ago:
    """A time counted back from today: (number, unit)."""

    def parse(self, text, known):
        found = AGO.fullmatch(text)
        if not found:
            raise Malformed(text)
        value = int(found[1]), found[2]
        back(value, known.today)
        return value

    def written(self, value):
        return f"{value[0]}{value[1]}"

    def shown(self, value, known):
        return UNITS[value[1]][1](value[0]) % {"count": value[0]}

    def fields(self, known):
        return {
            "value": forms.IntegerField(label=_("How many"), min_value=1, max_value=9999),
            "unit": forms.ChoiceField(
                label=_("Unit"), choices=[(unit, plural) for unit, (plural, _count) in UNITS.items()], initial="y"
            ),
        }

    def typed(self, answers):
        return f"{answers['value']}{answers['unit']}"


def back(value, today):
    """The day that lies `value` before `today`; the 31st becomes the last day of a shorter month."""
    count, unit = value
    try:
        if unit in "dw":
            day = today - timedelta(days=count * (7 if unit == "w" else 1))
        else:
            day = _months_before(today, count * (12 if unit == "y" else 1))
    except (ValueError, OverflowError):
        raise Malformed(f"{count}{unit}") from None
    if day.year < FIRST_YEAR:
        raise Malformed(f"{count}{unit}")
    return day


def _months_before(today, count):
    year, month = divmod(today.year * 12 + today.month - 1 - count, 12)
    if year < 1:
        raise ValueError(year)
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))


class Money:
    def parse(self, text, known):
        if not AMOUNT.fullmatch(text):
            raise Malformed(text)
        return Decimal(text)

    def written(self, value):
        text = f"{value:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text

    def shown(self, value, known):
        return money(value)

    def fields(self, known):
        amount = AmountField(label=_("Amount in euros"), min_value=0, max_digits=11, decimal_places=2)
        return {"value": amount}

    def typed(self, answers):
        return self.written(answers["value"])


def _day_field(label):
    return forms.DateField(label=label, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
