"""Texts of relations that are compared in a way of their own."""

import re
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q, TextField, Value
from django.db.models.functions import Cast, Lower
from django.db.models.lookups import Contains

from crm.core.conditions import Text
from crm.core.conditions.values import Malformed, Words
from crm.core.spelling import SHORT_NUMBER
from relations.models import Relation

FREE = ("contains", "contains-not", "empty", "filled")


class PhoneWords(Words):
    """As people type a number: 0416 69 87 00 is kept as +31416698700."""

    def parse(self, text, known):
        words = super().parse(text, known)
        if not re.search("[0-9]", words):
            raise Malformed(text)
        return words

    def as_kept(self, value):
        digits = re.sub("[^0-9+]", "", value)
        if SHORT_NUMBER.fullmatch(digits):
            return f"14 {digits[2:]}"
        return re.sub("^0", "+31", re.sub("^00", "+", digits))


class Unspaced(Words):
    """NL91 ABNA 0417 1643 00 is kept without its spaces."""

    def as_kept(self, value):
        return value.replace(" ", "")


@dataclass(frozen=True, kw_only=True)
class DebtorText(Text):
    """Of who gets the invoices. One that is restricted is found by nobody: a hit would tell who it is."""

    @cached_property
    def operators(self):
        return tuple(operator for operator in super().operators if operator.value)

    def q(self, operator, value, known):
        if operator.endswith("-not"):  # also those without one
            those = Relation.objects.filter(self.q(operator.removesuffix("-not"), value, known))
            return ~Q(pk__in=those.values("pk"))
        return super().q(operator, value, known) & Q(invoice_debtor__restricted=False)


@dataclass(frozen=True, kw_only=True)
class FreeText(Text):
    """Names and values of free fields, all as one text."""

    @cached_property
    def operators(self):
        return tuple(operator for operator in super().operators if operator.key in FREE)

    def q(self, operator, value, known):
        match operator:
            case "empty":
                return Q(free_fields={})
            case "contains":
                words = Lower(Value(self.words.as_kept(value)))
                return Q(Contains(Lower(Cast("free_fields", TextField())), words))
        return ~self.q({"filled": "empty", "contains-not": "contains"}[operator], value, known)
