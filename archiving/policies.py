"""What an app may declare about its models; `register()` is the only door.

The engine knows the domain through this registry alone. Everything defaults to protecting the client: a text field
without a rule is overwritten, a row without an archiving rule stays, a table with a path to the root is fenced.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum, auto

from django.apps import apps
from django.conf import settings
from django.db.models import Q

ERASED_TEXT = "verwijderd"


class Keep(StrEnum):
    """Why the value of a field survives erasure; there are no other reasons."""

    AMOUNT = auto()
    DATE = auto()
    STATUS = auto()
    KEY = auto()
    STAFF = auto()
    SYSTEM = auto()
    CHOICE = auto()  # whoever erases chose to keep it, and was shown what it is


AMOUNT, DATE, STATUS, KEY, STAFF, SYSTEM, CHOICE = Keep


class Stage(StrEnum):
    ARCHIVE = auto()
    ERASE = auto()


class Fence(StrEnum):
    """What the database still allows on rows of an archived relation; on those of an erased one it allows nothing."""

    NONE = auto()  # anything: whoever writes such rows holds the relations' locks, a million at a time

    CLOSED = auto()  # nothing
    UPDATES = auto()  # existing rows may change or go, none may be added (R14: a task can still be finished)
    OPEN = auto()  # rows may be added too (a payment of an invoice that was still open)


# --- what archiving does to a row ------------------------------------------------------------------------------------
@dataclass(frozen=True)
class With:
    """Archived with the relation, brought back by exactly that act. With `choice`: only when the answer is 'delete'."""

    choice: str = ""


@dataclass(frozen=True)
class Stay:
    """Not touched."""


@dataclass(frozen=True)
class Stop:
    """The date field gets today where it is empty; restoring empties it again (R73)."""

    field: str


@dataclass(frozen=True)
class EndOn:
    """The date field gets the date that `question` asks for, if one is given; restoring empties it again (R78).

    What had not begun by then, as `since` says, ends the day that it begins.
    """

    field: str
    question: str
    since: str


@dataclass(frozen=True)
class Reassign:
    """Rows of others that hold the archived relation in `field` get the relation that `question` asks for (R76)."""

    field: str
    question: str
    when: Q = Q()


# --- what erasing does to a row --------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Delete:
    """The row goes. `files`: file fields whose file goes too; `optional_files`: kept when the person so chooses."""

    when: Q = Q()
    files: tuple[str, ...] = ()
    optional_files: tuple[str, ...] = ()


@dataclass(frozen=True)
class Anonymise:
    """The row stays without its texts. Every field has an answer here; a field without one is emptied."""

    keep: Mapping[str, Keep] = field(default_factory=dict)
    scrub: tuple[str, ...] = ()  # emptied or overwritten with 'verwijderd'
    values: Mapping[str, str] = field(default_factory=dict)  # overwritten with this
    files: tuple[str, ...] = ()
    when: Q = Q()


@dataclass(frozen=True)
class Unlink:
    """The row stays as it is, without the reference to the relation (R30)."""

    when: Q = Q()


@dataclass(frozen=True)
class ByChoice:
    """`delete` or `keep`, as the question of that name is answered (R77)."""

    question: str
    delete: Anonymise | Delete
    keep: Anonymise | Delete


@dataclass(frozen=True)
class Orphans:
    """`rule` for rows that no relation outside the erased set is linked to through `link` (R24, persons)."""

    link: str  # the reverse name of the linking model
    rule: Anonymise | Delete


@dataclass(frozen=True)
class Reference:
    """A row of somebody else that names the relation in `field`: `scrub` and `files` are what tells who it is."""

    field: str
    scrub: tuple[str, ...] = ()
    files: tuple[str, ...] = ()


# --- what stands in the way, and what must be said -------------------------------------------------------------------
@dataclass(frozen=True)
class Blocker:
    """Rows matching `when` keep the relation from `stage`. `solve` is a URL name; `solve_many` that of a page which
    solves it for all relations of a draft job.

    `sentence` takes %(count)d; `reason` says the same of one among thousands, without a number.
    """

    code: str
    sentence: str
    reason: str
    when: Q
    solve: str
    stage: Stage = Stage.ARCHIVE
    path: str = ""  # other than the policy's own
    solve_many: str = ""


@dataclass(frozen=True)
class Acknowledge:
    """Rows matching `when` must be acknowledged before archiving (R75)."""

    code: str
    sentence: str
    when: Q


@dataclass(frozen=True)
class Retention:
    """The law keeps these rows until `years` (a key of settings.RETENTION_YEARS) after the date in `since`."""

    years: str
    since: str
    sentence: str


@dataclass(frozen=True)
class Figures:
    """Sums that erasing must leave as they are, per value of `by` (lookups may end in __year, __month) (R35, B6)."""

    by: tuple[str, ...]
    sums: tuple[str, ...]


@dataclass(frozen=True, eq=False)  # a key of dictionaries: one policy a model
class Policy:
    model: type
    paths: tuple[str, ...]
    archive: With | Stay | Stop | EndOn | Reassign
    erase: tuple
    blockers: tuple[Blocker, ...] = ()
    acknowledge: tuple[Acknowledge, ...] = ()
    hard_delete_blockers: Mapping[str, Q] = field(default_factory=dict)  # codes of R91: such rows mean anonymise
    fence: Fence = Fence.CLOSED
    references: tuple[Reference, ...] = ()
    retention: Retention | None = None
    figures: Figures | None = None
    totals: Mapping[str, str] = field(default_factory=dict)  # field -> "hours" or "money", told in the preview
    told: bool = True  # in previews; technical rows would only make those longer

    @property
    def label(self):
        return self.model._meta.label

    @property
    def orphans(self):
        return next((rule for rule in self.erase if isinstance(rule, Orphans)), None)

    @property
    def is_root(self):
        return self.paths == ("pk",)

    @property
    def history(self):
        """The model that keeps this one's changes, or None."""
        manager = getattr(self.model, "history", None)
        return manager.model if manager is not None else None


_policies: dict[type, Policy] = {}
_exempt: dict[str, str] = {}


def register(model, *, path, archive=None, erase, **answers):
    """Declare what archiving and erasing do to `model`; `path` leads to the root (several may), 'pk' is the root."""
    paths = (path,) if isinstance(path, str) else tuple(path)
    rules = erase if isinstance(erase, tuple) else (erase,)
    _policies[model] = Policy(model=model, paths=paths, archive=archive or Stay(), erase=rules, **answers)


def exempt(label, *, because):
    """Declare that `label` ("app.Model") holds nothing about a relation although it looks as if it could."""
    _exempt[label] = because


def policies():
    return list(_policies.values())


def policy_of(model):
    return _policies.get(model)


def exemptions():
    return dict(_exempt)


def root():
    """The model whose rows are archived and erased (settings.ARCHIVING_ROOT)."""
    return apps.get_model(settings.ARCHIVING_ROOT)
