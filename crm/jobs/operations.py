"""What can be done with a set of relations. Each app registers its own in `operations.py` (autodiscovered)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Operation:
    """`run(job, items)` does one chunk inside the caller's transaction, set-based, and returns {item id: Result}.

    It is given JobItems that are locked and waiting, in the order of their relations' keys; an item it leaves out of
    the answer is done. What it raises undoes the chunk; the runner then finds the row that is the cause.
    """

    key: str
    label: str  # "Change properties"
    done_word: str  # "changed": what is said of the rows that are done
    permission: str
    run: Callable
    description: str = ""  # what it does, for the menu
    start: str = ""  # URL name of its first page, which takes the job's number; without it, it is not in the menu
    order: int = 50
    is_final: bool = False  # cannot be undone
    reasons: Mapping[str, str] = field(default_factory=dict)  # code → why a row was skipped or failed
    undo: Callable | None = None  # undo(job, by=) → the confirmed Job that takes it back


@dataclass(frozen=True)
class Result:
    """`reason` is a code of the operation's `reasons` or of REASONS.

    State waiting means "not yet": the row gets another turn once the others are done, and is skipped when that does
    not help (a relation whose invoice debtor is restored later in the same job).
    """

    state: str  # an ItemState
    reason: str = ""


REASONS = {
    "NO_RIGHT": _("whoever started the job may not do this any more"),
    "ERROR": _("could not be done: a technical error, which has been logged"),
    "CONSTRAINT": _("the new value is not possible for this relation"),
    "REFUSED": _("cannot be done as things are now"),
    "BUSY": _("somebody else kept working on it; try again"),
    "GONE": _("no longer exists"),
    "ERASED": _("has been erased"),
    "ARCHIVED": _("has been archived"),
}

_operations: dict[str, Operation] = {}


def register(operation):
    _operations[operation.key] = operation


def operation_of(job):
    return _operations[job.operation]


def reason_of(job, code):
    """The sentence for a code; the code itself when its app is gone."""
    return {**REASONS, **operation_of(job).reasons}.get(code, code)


def menu():
    """Those one can choose for a set, in their order."""
    return sorted((o for o in _operations.values() if o.start), key=lambda o: o.order)
