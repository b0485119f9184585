"""Searching everything at once. Each app registers what of it can be found in its `search.py` (autodiscovered)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from crm.core.searching import fitting

LONGEST = 200
SHORTEST = 3  # letters; in fewer only numbers and the start of names are looked for
FIRST, ALL = 5, 15  # hits of a kind: while typing, and on the page


@dataclass(frozen=True)
class Search:
    """What `employee` looks for; what is in the archive, only when it is asked for. What was erased, never.

    `known`: what a kind found out that others want to know too.
    """

    text: str
    employee: object
    archived: bool = False
    known: dict = field(default_factory=dict, compare=False)

    @property
    def is_short(self):
        return len(self.text) < SHORTEST

    def fits(self, column="search"):
        return fitting(self.text, column)


@dataclass(frozen=True)
class Hit:
    title: str
    url: str
    text: str = ""
    badges: Sequence = ()


@dataclass(frozen=True)
class Kind:
    """`find(search, limit)` gives at most `limit` hits, the best first, in one query.

    `recent(search, limit)` gives what is offered before anything is typed.
    """

    key: str
    title: str
    find: Callable
    permission: str
    order: int = 50
    more: Callable | None = None  # more(search) → address of the list that holds all hits
    recent: Callable | None = None
    recent_title: str = ""


@dataclass(frozen=True)
class Group:
    kind: Kind
    title: str
    hits: list = field(default_factory=list)
    has_more: bool = False
    more_url: str = ""


_kinds: dict[str, Kind] = {}


def register(kind):
    _kinds[kind.key] = kind


def kinds(employee):
    """What `employee` may search, in the order it is shown."""
    return sorted((k for k in _kinds.values() if employee.has_perm(k.permission)), key=lambda kind: kind.order)


def groups(search, limit):
    """The kinds in which something was found, each with its first `limit` hits: a query a kind.

    With nothing to look for: what was seen recently.
    """
    made = _group if search.text else _recent
    found = [made(kind, search, limit) for kind in kinds(search.employee) if search.text or kind.recent]
    return [group for group in found if group.hits]


def _recent(kind, search, limit):
    return Group(kind, kind.recent_title, kind.recent(search, limit))


def _group(kind, search, limit):
    hits = kind.find(search, limit + 1)
    has_more = len(hits) > limit
    more_url = kind.more(search) if has_more and kind.more else ""
    return Group(kind, kind.title, hits[:limit], has_more, more_url)
