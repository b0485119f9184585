"""What can be done with a set of relations. Each app registers its own in `operations.py` (autodiscovered)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from crm.core.refusals import require
from crm.jobs.freezing import USE
from crm.jobs.models import ItemState


@dataclass(frozen=True)
class Undo:
    """How a job is taken back: `operation` is the key of what does it, and whose right is asked (undoing.py).

    `fill(job, draft)` adds the items of what `job` did to the draft; `mark(draft)` gives those that cannot go back
    their outcome and reason. Both set-based, in the caller's transaction.
    """

    operation: str
    fill: Callable
    mark: Callable


@dataclass(frozen=True)
class Operation:
    """`run(job, items)` does one chunk inside the caller's transaction, set-based, and returns {item id: Result}.

    It is given items that are locked and waiting, in the order of their relations' keys: rows of `pk` and `target_id`,
    or JobItems for an operation `with_values`. An item it leaves out of the answer is done. What it raises undoes the
    chunk; the runner then finds the row that is the cause.

    `outside` is for what may take long and may be repeated: no lock is held meanwhile, so another worker may have the
    same items, and `run` may be given items that it was not asked about.
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
    undo: Undo | None = None
    outside: Callable | None = None  # outside(job, items) → dict: asks others before the chunk; run gets it as third
    is_for_many: bool = True  # asks for the right to change many at once too; archiving one relation is a job as well
    with_values: bool = False  # it reads or writes `before` or `after` of the items it is given
    is_in_items: bool = False  # all it needs to run stands in its items, so that its parameters go when it is confirmed
    by_hand: str = ""  # URL name, takes the job's number: a person carries it out there, and it is stopped meanwhile

    @property
    def rights(self):
        return {self.permission, USE} if self.is_for_many else {self.permission}

    def is_for(self, employee):
        return employee.has_perms(self.rights)


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
    "RESTRICTED": _("is restricted: whoever started the job has no access to it"),
    "STOPPED": _("the job was stopped before it got there"),
}

_operations: dict[str, Operation] = {}


def register(operation):
    _operations[operation.key] = operation


def named(key):
    return _operations[key]


def operation_of(job):
    return _operations[job.operation]


def require_rights(job, employee):
    """For what `job` does; raises PermissionDenied."""
    for right in operation_of(job).rights:
        require(employee, right)


def find(job):
    """The same, or None when nothing is chosen yet or its app is gone."""
    return _operations.get(job.operation)


def known():
    return sorted(_operations.values(), key=lambda operation: str(operation.label))


def label_of(job):
    """What the job does, in words; its key when its app is gone."""
    return find(job).label if find(job) else job.operation or _("Nothing chosen yet")


def done_word_of(job):
    return find(job).done_word if find(job) else ItemState.DONE.label.lower()


def reason_of(job, code):
    """The sentence for a code; the code itself when its app is gone."""
    own = find(job).reasons if find(job) else {}
    return {**REASONS, **own}.get(code, code)


def menu():
    """Those one can choose for a set, in their order."""
    return sorted((o for o in _operations.values() if o.start), key=lambda o: o.order)
