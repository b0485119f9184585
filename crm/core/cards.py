"""Cards of the start page: what an app tells an employee first. Each app registers its own in `cards.py`
(autodiscovered)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from crm.core.refusals import require


@dataclass(frozen=True)
class Card:
    """`content(employee, today)` gives the context of `template` in a fixed number of queries, or None for no card.

    One that is `slow`, because it looks through the whole office, is fetched when the page is already there; it always
    has content.
    """

    key: str
    title: str
    template: str
    content: Callable
    permission: str
    order: int = 50
    slow: bool = False


@dataclass(frozen=True)
class ShownCard:
    card: Card
    employee: object
    today: date
    content: dict | None = None


_cards: dict[str, Card] = {}


def register(card):
    _cards[card.key] = card


def of(employee, today):
    """The cards of `employee`, filled but for the slow ones."""
    visible = sorted((c for c in _cards.values() if employee.has_perm(c.permission)), key=lambda card: card.order)
    shown = [ShownCard(c, employee, today, None if c.slow else c.content(employee, today)) for c in visible]
    return [each for each in shown if each.card.slow or each.content is not None]


def one(key, employee, today):
    """The card with this key, filled; None when there is no such card, or nothing in it."""
    card = _cards.get(key)
    if card is None:
        return None
    require(employee, card.permission)
    content = card.content(employee, today)
    return None if content is None else ShownCard(card, employee, today, content)
