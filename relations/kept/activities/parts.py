"""What is shown on the page of a client activity beside itself; other apps register theirs in their panels.py."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """`rows(activity)` gives a QuerySet; `template` draws `rows`. `key` as in relations.deletable, if it is there."""

    key: str
    title: str
    rows: Callable
    template: str
    order: int = 50
    new_page: str = ""  # name of the address where one is added, for the relation
    new_label: str = ""


_parts: list[Part] = []


def register(part):
    _parts.append(part)


def parts():
    return sorted(_parts, key=lambda part: part.order)
