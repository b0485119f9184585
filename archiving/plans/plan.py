"""What is shown before an act, and what came of it. Plain values: nothing here asks the database."""

import hashlib
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.core.drift import digest
from crm.core.refusals import Refusal


class Act(models.TextChoices):
    """What can be done to a set of relations; also the keys of their operations."""

    ARCHIVE = "archive", gettext_lazy("Archive")
    RESTORE = "restore", gettext_lazy("Restore")
    ERASE = "erase", gettext_lazy("Erase")


class Verb(models.TextChoices):
    ARCHIVED = "archived", gettext_lazy("archived along")
    CHOSEN = "chosen", gettext_lazy("as you choose")
    STAYS = "stays", gettext_lazy("stays")
    STOPPED = "stopped", gettext_lazy("is stopped")
    ENDED = "ended", gettext_lazy("can get an end date")
    REASSIGNED = "reassigned", gettext_lazy("gets another owner")
    RESTORED = "restored", gettext_lazy("restored")
    DELETED = "deleted", gettext_lazy("deleted")
    SCRUBBED = "scrubbed", gettext_lazy("text removed")
    UNLINKED = "unlinked", gettext_lazy("link removed")
    REWRITTEN = "rewritten", gettext_lazy("becomes 'Verwijderd'")


@dataclass(frozen=True)
class Finding:
    """One thing that keeps one relation from an act, and the page that solves it (no address when nothing can)."""

    code: str
    root_id: int
    count: int
    sentence: str
    url: str = ""


@dataclass(frozen=True)
class Effect:
    label: str
    count: int
    verb: Verb
    totals: dict[str, Decimal] = field(default_factory=dict)  # "hours" or "money" that stays


@dataclass(frozen=True)
class Question:
    """`kind` says what the answer is: tick (True), date, relation (its key), community ('keep' or 'delete')."""

    key: str
    kind: str
    sentence: str
    count: int
    required: bool = True


@dataclass(frozen=True)
class FileFound:
    id: int
    root_id: int
    title: str
    path: str


@dataclass(frozen=True)
class RetentionVerdict:
    sentence: str
    until: date


@dataclass(frozen=True)
class Plan:
    kind: str
    root_ids: tuple[int, ...]
    runnable: tuple[int, ...]
    blocked: dict[int, list[Finding]]
    effects: list[Effect]
    questions: list[Question] = field(default_factory=list)
    modes: dict[int, str] = field(default_factory=dict)  # erase: "delete" or "anonymise"
    kept_because: dict[int, list[str]] = field(default_factory=dict)
    files: list[FileFound] = field(default_factory=list)
    retention: list[RetentionVerdict] = field(default_factory=list)

    @property
    def total(self):
        return len(self.root_ids)

    @property
    def can(self):
        """How many go on."""
        return len(self.runnable)

    @property
    def cannot(self):
        return len(self.blocked)

    @property
    def mode_counts(self):
        return Counter(self.modes.values())

    @property
    def file_count(self):
        return len(self.files)

    @property
    def fingerprint(self):
        """Of the relations that go on."""
        return fingerprint(self.runnable)

    @property
    def of_those_who_can(self):
        """The same plan, as it is once the others are left out."""
        return replace(self, root_ids=self.runnable, blocked={})

    @property
    def hash(self):
        """The same for the same plan: what was shown is compared by it with what would run now (B2)."""
        told = {
            "kind": self.kind,
            "runnable": self.runnable,
            "blocked": {key: [(f.code, f.count) for f in found] for key, found in self.blocked.items()},
            **told_of(self),
            "modes": self.modes,
            "files": [f.id for f in self.files],
        }
        return digest(told)


def told_of(plan):
    """What every kind of plan tells in numbers, for its hash."""
    return {
        "effects": [
            (str(e.label), e.verb.value, e.count, {k: str(v) for k, v in e.totals.items()}) for e in plan.effects
        ],
        "questions": [(q.key, q.count) for q in plan.questions],
        "retention": [str(v.until) for v in plan.retention],
    }


def fingerprint(root_ids):
    """The same for the same relations; what `marking.fingerprint` asks of the database."""
    return hashlib.md5(",".join(map(str, sorted(root_ids))).encode(), usedforsecurity=False).hexdigest()


@dataclass(frozen=True)
class Outcome:
    done: list[int]
    skipped: dict[int, list[Finding]]
    modes: dict[int, str] = field(default_factory=dict)


class Unanswered(Refusal):
    """A question that must be answered was not."""

    status = 400
    code = "UNANSWERED"

    def __init__(self, question):
        super().__init__(_("Please answer first: %(question)s.") % {"question": question.sentence})
        self.question = question
