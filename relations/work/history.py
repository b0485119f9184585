"""What happened to a task, newest first: who made, changed, finished, linked and unlinked it."""

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from django.utils.translation import gettext as _

from relations.models import ERASED_NAME, Relation, TaskLink


@dataclass(frozen=True)
class Event:
    at: datetime
    by: str
    text: str


def events(task, by):
    """Four queries at most, however much happened, as employee `by` may know it."""
    rows = [*task.history.select_related("history_user"), None]
    found = [_event(row, older) for row, older in pairwise(rows)]
    return sorted([*found, *_links(task, by)], key=lambda event: event.at, reverse=True)


def _event(row, older):
    return Event(row.history_date, str(row.history_user or _("the system")), _of_task(row, older))


def _of_task(row, older):
    if older is None:
        return _("Added")
    if (row.done_at is None) != (older.done_at is None):
        return _("Finished") if row.done_at else _("Reopened")
    return _("Changed")


def _links(task, by):
    rows = list(TaskLink.history.filter(task_id=task.pk).select_related("history_user"))
    found = Relation.objects.in_bulk({row.relation_id for row in rows})
    names = {pk: relation.name_for(by) for pk, relation in found.items()}
    words = {"+": _("Linked to %(relation)s"), "-": _("Link with %(relation)s removed")}
    return [
        Event(
            row.history_date,
            str(row.history_user or _("the system")),
            words[row.history_type] % {"relation": names.get(row.relation_id, ERASED_NAME)},
        )
        for row in rows
        if row.history_type in words
    ]
