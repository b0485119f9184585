"""What a plan tells, in counts alone: for a set of which nobody can read every name. Kept with its job."""

from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from decimal import Decimal

from archiving.plans.plan import Effect, Question, RetentionVerdict, Verb, told_of
from crm.core.drift import digest


@dataclass(frozen=True)
class Preview:
    """Answers to the same names as a Plan, where that makes sense."""

    kind: str
    total: int
    can: int
    fingerprint: str  # of the relations that go on
    obstacles: dict[str, int]  # code → how many relations it keeps
    effects: list[Effect]
    computed_at: datetime
    questions: list[Question]
    retention: list[RetentionVerdict]
    mode_counts: dict[str, int]
    file_count: int

    files = ()  # never one by one

    @property
    def cannot(self):
        return self.total - self.can

    @property
    def hash(self):
        told = {"kind": self.kind, "runnable": self.fingerprint, "obstacles": self.obstacles, **told_of(self)}
        return digest(told | {"modes": self.mode_counts, "files": self.file_count})


def to_json(preview):
    kept = {field.name: getattr(preview, field.name) for field in fields(preview)}
    return kept | {
        "effects": [_plain(effect) for effect in preview.effects],
        "questions": [asdict(question) | {"sentence": str(question.sentence)} for question in preview.questions],
        "retention": [asdict(verdict) | {"until": verdict.until.isoformat()} for verdict in preview.retention],
        "computed_at": preview.computed_at.isoformat(),
    }


def from_json(kept):
    return Preview(
        **kept
        | {
            "effects": [_effect(**effect) for effect in kept["effects"]],
            "questions": [Question(**question) for question in kept["questions"]],
            "retention": [RetentionVerdict(v["sentence"], date.fromisoformat(v["until"])) for v in kept["retention"]],
            "computed_at": datetime.fromisoformat(kept["computed_at"]),
        }
    )


def _plain(effect):
    totals = {unit: str(amount) for unit, amount in effect.totals.items()}
    return {"label": str(effect.label), "count": effect.count, "verb": effect.verb.value, "totals": totals}


def _effect(*, label, count, verb, totals):
    return Effect(label, count, Verb(verb), {unit: Decimal(amount) for unit, amount in totals.items()})
