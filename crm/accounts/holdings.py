"""What can be in an employee's name, so that a colleague takes it over when the employee leaves (R109).

Each app registers its own kinds in its `holdings.py` (autodiscovered): this app knows nothing of tasks or relations.
"""

from collections.abc import Callable
from dataclasses import dataclass

from crm.core.lists import counting


@dataclass(frozen=True)
class Holding:
    """One kind of thing. `of(employee)` is a QuerySet of what is open in their name.

    `settle(employee, to=, by=)` gives all of it to the colleague `to` and returns how many, in as many statements for
    one as for ten thousand. It runs inside the transaction of the departure.
    """

    key: str
    label: str  # "open tasks"
    of: Callable
    settle: Callable
    order: int = 50
    ends: bool = False  # stops with the departure, so nobody has to take it over


@dataclass(frozen=True)
class Held:
    """A line of the checklist."""

    holding: Holding
    count: int


_holdings: dict[str, Holding] = {}


def register(holding):
    _holdings[holding.key] = holding


def known():
    return sorted(_holdings.values(), key=lambda holding: holding.order)


def held_by(employee):
    """[Held] of every kind, also of those there is nothing of; one query however many kinds there are."""
    counts = counting.counts({holding.key: holding.of(employee) for holding in known()})
    return [Held(holding, counts.get(holding.key, 0)) for holding in known()]


def settle(employee, *, to, by):
    """{key: how many} of what there was. Without a colleague only what ends is settled."""
    counts = {h.key: h.settle(employee, to=to, by=by) for h in known() if to or h.ends}
    return {key: count for key, count in counts.items() if count}
