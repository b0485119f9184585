"""What is planned with a relation and what was done, from all that happens around it, in two queries (R100)."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import CharField, DateTimeField, F, TextField, Value
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

SHOWN = 10
KINDS = {
    "note": _("Note"),
    "activity": _("Activity"),
    "task": _("Task"),
    "appointment": _("Appointment"),
    "message": _("Message"),
}


@dataclass(frozen=True)
class Entry:
    kind: str
    when: datetime | None
    title: str
    text: str


def planned(record):
    """Open activities and tasks and appointments to come, the first one first; those without a date last."""
    due = Cast("due_on", DateTimeField())
    first = F("when").asc(nulls_last=True)
    return _entries(
        first,
        _rows("activity", _current(record.activities, record).filter(done_at=None), due, "subject", "text"),
        _rows("task", record.tasks.filter(done_at=None), due, "subject", "text"),
        _rows("appointment", record.appointments.filter(ends_at__gte=timezone.now()), "starts_at", "subject", "place"),
    )


def done(record):
    """Everything else, the newest first."""
    activities = _current(record.activities, record).exclude(done_at=None)
    return _entries(
        F("when").desc(),
        _rows("note", _current(record.notes, record), "at", None, "text"),
        _rows("activity", activities, "done_at", "subject", "text"),
        _rows("task", record.tasks.exclude(done_at=None), "done_at", "subject", "text"),
        _rows("appointment", record.appointments.filter(ends_at__lt=timezone.now()), "starts_at", "subject", "place"),
        _rows("message", record.messages, "at", "subject", "body"),
    )


def _current(rows, record):
    return rows.filter(archival=None) if record.is_active else rows.all()


def _rows(kind, rows, when, title, text):
    """`rows` in one shape, so that they can be put in one order with rows of other kinds."""
    columns = {
        "of_kind": Value(kind, CharField()),
        "when": F(when) if isinstance(when, str) else when,
        "headline": Cast(title, TextField()) if title else Value("", TextField()),
        "body_text": Cast(text, TextField()),
    }
    return rows.order_by().annotate(**columns).values_list(*columns)


def _entries(order, *rows):
    found = rows[0].union(*rows[1:], all=True).order_by(order)[:SHOWN]
    return [Entry(KINDS[kind], when, title, text) for kind, when, title, text in found]
