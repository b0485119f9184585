"""Conditions as they stand in an address: read to the letter, put in one order, and turned into a Q."""

import re
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import and_, or_

from django.db.models import Q
from django.utils.translation import gettext as _

from crm.core.conditions.kinds import Field, Operator
from crm.core.conditions.values import Gone, Malformed

CONDITION, MATCH, ANY = "c", "match", "any"  # as parameters are called
MOST, LONGEST = 30, 200
SHAPE = re.compile(r"(?:([1-9][0-9]?):)?(([a-z]+(?:_[a-z]+)*):([a-z]+(?:-[a-z]+)*)(?::(.+))?)", re.DOTALL)


@dataclass(frozen=True)
class Condition:
    """`text` is how it is written, without its group. With a `problem` it lets nothing through."""

    text: str
    field: Field | None = None
    operator: Operator | None = None
    value: object = None
    problem: str = ""

    @property
    def label(self):
        return str(self.field.label) if self.field else _("Unknown condition")

    def shown(self, known):
        if not self.problem:
            return self.operator.shown(self.value, known)
        if self.field and self.operator and self.operator.value:
            return self.operator.phrase % {"value": f"“{self.text.split(':', 2)[2][:80]}”"}
        return str(self.operator.label) if self.operator else self.text[:80]

    @property
    def may_name_somebody(self):
        """A problem too: what stands in it is unknown."""
        return bool(self.problem) or bool(self.field.may_name_somebody and self.operator.value)

    def q(self, known):
        return self.field.q(self.operator.key, self.value, known)


class Conditions:
    """What the address asks: `texts` are its values of `c`, `match` that of `match`."""

    def __init__(self, texts, match, vocabulary, known):
        self.vocabulary, self.known = vocabulary, known
        self.match = match
        self.has_too_many = len(texts) > MOST
        self.groups = self._ordered(texts)

    @property
    def is_any(self):
        """Groups must hold as a whole and one is enough; otherwise every group must hold, by one of its conditions."""
        return self.match == ANY

    @cached_property
    def problems(self):
        found = []
        if self.has_too_many:
            found.append(self._too_many())
        if self.match not in ("", ANY):
            found.append(_("The address of this page says neither “all” nor “any”. Clear the filter and start again."))
        return found + [c.problem for group in self.groups for c in group if c.problem]

    def _too_many(self):
        return _("A filter has at most %(most)d conditions. Remove some.") % {"most": MOST}

    def q(self):
        """Only without problems."""
        inside, between = (and_, or_) if self.is_any else (or_, and_)
        groups = [reduce(inside, [condition.q(self.known) for condition in group]) for group in self.groups]
        return reduce(between, groups) if groups else Q()

    # --- the address -------------------------------------------------------------------------------------------------

    @property
    def parameters(self):
        """[(name, value)] that ask the same, always written in the same way."""
        return self.written(self.groups)

    def written(self, groups, match=None):
        """[(name, value)] for other `groups`; whether all or any must hold is kept unless `match` is given."""
        match = self.match if match is None else match
        pairs = [(MATCH, match)] if match and groups else []
        number = 0
        for group in groups:
            number += len(group) > 1
            prefix = f"{number}:" if len(group) > 1 else ""
            pairs += [(CONDITION, prefix + condition.text) for condition in group]
        return pairs

    def without(self, group, condition=None):
        """The groups without one, or without one condition of it."""
        left = tuple(c for c in group if condition and c.text != condition.text)
        return [(left if g is group else g) for g in self.groups if g is not group or left]

    @property
    def turned(self):
        """[(name, value)] of the same groups, with "all" for "any" or the other way round."""
        return self.written(self.groups, match="" if self.is_any else ANY)

    @property
    def sound(self):
        """The groups without what is not understood: for a person to judge, since it may let more through."""
        kept = [tuple(condition for condition in group if not condition.problem) for group in self.groups]
        return [group for group in kept if group]

    def refusal_to_add(self, text):
        """Why the condition `text` cannot be added, or ""."""
        if sum(map(len, self.groups)) >= MOST:
            return self._too_many()
        return self._read(text)[1].problem

    def with_added(self, text, group=None):
        """The groups with one condition more: as a group by itself, or in `group`."""
        added = self._read(text)[1]
        groups = [g for g in self.groups if g is not group]
        return _in_order([*groups, (*(group or ()), added)])

    # --- reading -----------------------------------------------------------------------------------------------------

    def _ordered(self, texts):
        """The groups of `texts`; one without a number stands by itself."""
        groups = {}
        for position, text in enumerate(texts):
            number, condition = self._read(text)
            groups.setdefault(number or f"by itself {position}", []).append(condition)
        return _in_order(groups.values())

    def _read(self, text):
        """(number of the group or None, Condition)"""
        text = text.strip()
        found = SHAPE.fullmatch(text)
        if not found or len(found[2]) > LONGEST:
            return None, Condition(text, problem=_unknown(text))
        number, rest, key, operator_key, value = found.groups()
        return number, self._understood(rest, key, operator_key, value)

    def _understood(self, text, key, operator_key, value):
        field = self.vocabulary.field(key)
        operator = field and field.operator(operator_key)
        if operator is None or (value is None) != (operator.value is None):
            return Condition(text, field, problem=_unknown(text))
        if operator.value is None:
            return Condition(text, field, operator, problem=str(field.refusal(operator_key, self.known)))
        try:
            parsed = operator.value.parse(value, self.known)
        except (Malformed, Gone) as error:
            return Condition(text, field, operator, problem=_refused(field, operator, error))
        return Condition(f"{key}:{operator_key}:{operator.value.written(parsed)}", field, operator, parsed)


def _in_order(groups):
    """Groups and what is in them once each, in the order of their texts, so that order means nothing."""
    found = {}
    for group in groups:
        once = {condition.text: condition for condition in group}
        found[tuple(sorted(once))] = tuple(once[text] for text in sorted(once))
    return [found[texts] for texts in sorted(found)]


def _unknown(text):
    sentence = _("The condition “%(condition)s” does not exist. Remove it, or choose another one.")
    return sentence % {"condition": text[:80]}


def _refused(field, operator, error):
    gone = _("“%(filter)s” has a value that does not exist (any more). Remove this filter, or choose another value.")
    malformed = _("“%(filter)s” has a value that is not possible there. Remove this filter, or type another value.")
    return (gone if isinstance(error, Gone) else malformed) % {"filter": f"{field.label} {operator.label}"}
