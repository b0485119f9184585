"""The filters that are on, as people read them: one chip each, that can be taken away."""

from dataclasses import dataclass
from itertools import pairwise

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Part:
    """One condition of a group."""

    label: str
    value: str
    remove_url: str
    is_dead: bool


@dataclass(frozen=True)
class Chip:
    """One filter that is on; of conditions, one group. `is_dead`: its value does not exist (any more).

    `is_typed`: what somebody typed, so it may name a person and is not written down elsewhere. `joiner` ("or") stands
    between this chip and the one before it when not all have to hold; `parts` are the conditions of a group with
    `inner_joiner` between them; at `add_url` one is added to them.
    """

    label: str
    value: str
    remove_url: str
    is_dead: bool
    is_typed: bool = False
    joiner: str = ""
    inner_joiner: str = ""
    parts: tuple = ()
    add_url: str = ""

    @property
    def shown_parts(self):
        return self.parts or (self,)


def chips(listing):
    """The quick search `q` shows itself in its own field."""
    plain = dict.fromkeys(name for name, _value in listing.filters if name in listing.form.fields and name != "q")
    groups = enumerate(listing.conditions.groups)
    return [_chip(listing, name) for name in plain] + [_group_chip(listing, *place) for place in groups]


def sentence(chips):
    """All chips in one line, for where the filter is written down: what was typed is left out."""
    text = ""
    for chip in chips:
        separator = f" {chip.joiner} " if chip.joiner else "; "
        text += (separator if text else "") + f"{chip.label}: {'…' if chip.is_typed else chip.value}"
    return text


def _chip(listing, name):
    values = [value for key, value in listing.filters if key == name]
    choices = dict(getattr(listing.form.fields[name], "choices", ()))
    shown = [str(choices.get(value, value)) for value in values]
    remaining = [pair for pair in listing.filters if pair[0] != name]
    return Chip(
        label=listing.form.fields[name].label,
        value=_(" or ").join(shown),
        remove_url=listing.url(filters=remaining),
        is_dead=name in listing.form.errors,
    )


def _group_chip(listing, place, group):
    asked = listing.conditions
    parts = tuple(
        Part(
            condition.label,
            condition.shown(asked.known),
            listing.url(groups=asked.without(group, condition)),
            bool(condition.problem),
        )
        for condition in group
    )
    between, inside = (_("or"), _("and")) if asked.is_any else (_("and"), _("or"))
    texts = [parts[0].value]
    for before, part in pairwise(parts):
        texts.append(part.value if part.label == before.label else f"{part.label} {part.value}")
    return Chip(
        label=parts[0].label,
        value=f" {inside} ".join(texts),
        remove_url=listing.url(groups=asked.without(group)),
        is_dead=any(part.is_dead for part in parts),
        is_typed=any(condition.may_name_somebody for condition in group),
        joiner=between if asked.is_any and place else "",
        inner_joiner=inside,
        parts=parts,
        add_url=listing.adding_url(place),
    )
