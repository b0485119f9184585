"""The kinds of fields that a condition can be about: their operators, and which rows each lets through."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cached_property, reduce
from operator import or_

from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.functions import Lower
from django.db.models.lookups import Contains, Exact, StartsWith
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.core.conditions.values import Ago, Day, Malformed, Money, OneOf, Period, Words, back

DAY = timedelta(days=1)
ANY_WORDS = Words()


@dataclass(frozen=True)
class Operator:
    """`phrase` is what people read, with %(value)s where the value comes; without it there is no value."""

    key: str
    phrase: str
    value: object = None

    @property
    def label(self):
        return str(self.phrase % {"value": "…"} if self.value else self.phrase)

    def shown(self, value, known):
        return self.phrase % {"value": self.value.shown(value, known)} if self.value else str(self.phrase)


@dataclass(frozen=True, kw_only=True)
class Field:
    """`may_name_somebody`: what is typed may be a name or an address; where filters are written down it is left out."""

    key: str  # in addresses
    label: str
    section: str
    may_name_somebody: bool = False

    operators = ()

    def operator(self, key):
        return next((operator for operator in self.operators if operator.key == key), None)

    def refusal(self, operator, known):
        """Why this cannot be asked now, or ""."""
        return ""

    def q(self, operator, value, known):
        raise NotImplementedError


@dataclass(frozen=True, kw_only=True)
class Text(Field):
    """Upper and lower case alike, as the database folds them. With several columns: any of them.

    `is_code`: compared as it stands, since an index on the bare column serves it and the case of a number says little.
    """

    columns: Sequence[str]
    is_code: bool = False
    words: Words = ANY_WORDS

    compared = {"is": Exact, "contains": Contains, "begins": StartsWith}

    @cached_property
    def operators(self):
        return (
            Operator("is", _("is %(value)s"), self.words),
            Operator("is-not", _("is not %(value)s"), self.words),
            Operator("contains", _("contains %(value)s"), self.words),
            Operator("contains-not", _("does not contain %(value)s"), self.words),
            Operator("begins", _("begins with %(value)s"), self.words),
            Operator("empty", _("is empty")),
            Operator("filled", _("is filled in")),
        )

    def q(self, operator, value, known):
        match operator:
            case "empty":
                return Q(**dict.fromkeys(self.columns, ""))
            case "filled":
                return ~self.q("empty", None, known)
            case "is-not" | "contains-not":
                return ~self.q(operator.removesuffix("-not"), value, known)
        folded = F if self.is_code else Lower
        words = Value(self.words.as_kept(value))
        compare, words = self.compared[operator], words if self.is_code else Lower(words)
        return reduce(or_, (Q(compare(folded(column), words)) for column in self.columns))


@dataclass(frozen=True, kw_only=True)
class Option(Field):
    """A column with one of the choices that `source()` gives."""

    column: str
    source: Callable

    @cached_property
    def operators(self):
        value = OneOf(self.source)
        return Operator("is", _("is %(value)s"), value), Operator("is-not", _("is not %(value)s"), value)

    def q(self, operator, value, known):
        is_it = Q(**{self.column: value})
        return is_it if operator == "is" else ~is_it


@dataclass(frozen=True, kw_only=True)
class YesNo(Field):
    """`holds`: the Q of those for whom it is so."""

    holds: Q

    operators = (Operator("yes", _("yes")), Operator("no", _("no")))

    def q(self, operator, value, known):
        return self.holds if operator == "yes" else ~self.holds


@dataclass(frozen=True, kw_only=True)
class Dates(Field):
    """A date, or a moment that counts as its day here. Nothing that lies ahead is "ago"."""

    column: str
    is_moment: bool = False

    operators = (
        Operator("on", _("on %(value)s"), Day()),
        Operator("before", _("before %(value)s"), Day()),
        Operator("after", _("after %(value)s"), Day()),
        Operator("between", _("between %(value)s"), Period()),
        Operator("older", _("longer than %(value)s ago"), Ago()),
        Operator("younger", _("less than %(value)s ago"), Ago()),
        Operator("within", _("in the past %(value)s"), Ago()),
        Operator("empty", _("is empty")),
        Operator("filled", _("is filled in")),
    )

    def q(self, operator, value, known):
        match operator:
            case "empty":
                return self.never()
            case "filled":
                return ~self.never()
        return self.during(*days(operator, value, known.today))

    def never(self):
        return Q(**{self.column: None})

    def during(self, first, last):
        return between(self.column, first, last, is_moment=self.is_moment)


def days(operator, value, today):
    """(first, last) day that `operator` lets through, both included; None where there is no end to it."""
    match operator:
        case "on":
            return value, value
        case "before":
            return None, value - DAY
        case "after":
            return value + DAY, None
        case "between":
            return value
        case "older":
            return None, back(value, today) - DAY
        case "younger":
            return back(value, today) + DAY, today
        case "within":
            return back(value, today), today
    raise Malformed(operator)


def between(column, first, last, *, is_moment):
    """Q of `column` in those days; of a moment, whole days here."""
    found = Q(**{f"{column}__isnull": False})
    if first:
        found &= Q(**{f"{column}__gte": _midnight(first) if is_moment else first})
    if last:
        found &= Q(**{f"{column}__lt": _midnight(last + DAY) if is_moment else last + DAY})
    return found


def _midnight(day):
    return timezone.make_aware(datetime.combine(day, time.min))


@dataclass(frozen=True, kw_only=True)
class Amount(Field):
    """`those(comparison, amount)`: Q of the records with rows whose sum compares so; a record without rows has 0."""

    those: Callable

    operators = (
        Operator("above", _("is more than %(value)s"), Money()),
        Operator("below", _("is less than %(value)s"), Money()),
        Operator("none", _("is nothing")),
    )

    def q(self, operator, value, known):
        match operator:
            case "above":
                return self.those("gt", value)
            case "below":
                return ~self.those("gte", value) if value > 0 else self.those("lt", value)
        return ~(self.those("gt", 0) | self.those("lt", 0))


@dataclass(frozen=True, kw_only=True)
class Rows(Field):
    """Whether a record has such rows. `source`, with `column`: which, out of its choices."""

    rows: Sequence[Callable]  # each gives a QuerySet; rows of any of them will do
    path: Sequence[str] = ("relation",)  # from each row to the record
    column: str = ""
    source: Callable | None = None

    @cached_property
    def operators(self):
        whether = Operator("any", _("has one")), Operator("none", _("has none"))
        if not self.source:
            return whether
        value = OneOf(self.source)
        return Operator("has", _("has %(value)s"), value), Operator("has-not", _("has no %(value)s"), value), *whether

    def q(self, operator, value, known):
        chosen = {self.column: value} if value is not None else {}
        found = [Q(Exists(rows().filter(**{path: OuterRef("pk")}, **chosen))) for rows, path in self._paths]
        has = reduce(or_, found)
        return ~has if operator in ("none", "has-not") else has

    @property
    def _paths(self):
        paths = self.path if len(self.path) == len(self.rows) else [self.path[0]] * len(self.rows)
        return zip(self.rows, paths, strict=True)
