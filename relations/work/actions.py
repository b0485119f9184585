"""Tasks and the relations they are linked to (R49-R53). Of an archived relation a task can be finished, not added."""

from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history

from crm.core.refusals import Refusal, require
from relations import keeping
from relations.models import Relation, Task, TaskLink
from relations.rights import CHANGE
from relations.work import recurrence

REPEATED = ("subject", "text", "kind", "references", "rhythm", "repeats_until", "series_start")


class LastLink(Refusal):
    """A task belongs to at least one relation: erasing finds what was written about somebody through its link (R32)."""


@transaction.atomic
def add_task(task, *, relation, by):
    """Save the new `task` of `relation`."""
    keeping.relation_to_change(relation.pk, by=by)  # nothing new for an archived one (R14, R18)
    _begin_series(task)
    keeping.save(task, by=by)
    keeping.save(TaskLink(task=task, relation=relation), by=by)
    return task


@transaction.atomic
def change_task(task, *, by):
    """Save the changed `task`. Another rhythm begins another series; moving one task does not move the next."""
    require(by, CHANGE)
    if locked(task).rhythm != task.rhythm:
        _begin_series(task)
    keeping.save(task, by=by)
    return task


@transaction.atomic
def finish_task(task, *, by):
    """Returns the task that follows when this one repeats, or None.

    The relations are locked before the task, as everywhere, so that none is archived while the next task is made.
    """
    require(by, CHANGE)
    ours = Relation.objects.filter(task_links__task=task).order_by("pk").select_for_update(no_key=True, of=("self",))
    active = [relation for relation in ours if relation.is_active] if task.rhythm else []
    done = _set_done(task, timezone.now(), _("This task has been finished already."), by)
    return _add_next(done, active, by)


@transaction.atomic
def reopen_task(task, *, by):
    return _set_done(task, None, _("This task is open already."), by)


@transaction.atomic
def link_task(task, *, relation, by, instead_of=None):
    """Link `relation` to `task` (R52), in the place of the TaskLink `instead_of` when that is given (R51)."""
    keeping.relation_to_change(relation.pk, by=by)  # nothing new for an archived one (R14, R18)
    task = locked(task)
    if TaskLink.objects.filter(task=task, relation=relation).exists():
        raise Refusal(_("This relation is linked to the task already."))
    link = _saved_once(TaskLink(task=task, relation=relation), by)
    if instead_of:
        _remove(instead_of, by)
    return link


@transaction.atomic
def unlink_task(link, *, by):
    """Take the relation away from the task (R51); raises LastLink when it is the only one."""
    require(by, CHANGE)
    task = locked(link.task)
    if not TaskLink.objects.filter(task=task).exclude(pk=link.pk).exists():
        raise LastLink(_("A task belongs to at least one relation: first choose the one that takes its place."))
    _remove(link, by)


def replace_links(*, removed, added, by):
    """Remove the TaskLinks `removed` and save the new ones in `added`, with history, in as many queries however many.

    The caller holds the locks of the relations and the tasks.
    """
    if removed:
        _record_removals(removed, by)
        TaskLink.objects.filter(pk__in=[link.pk for link in removed])._raw_delete(TaskLink.objects.db)
    if added:
        bulk_create_with_history(added, TaskLink, default_user=by)


def _record_removals(links, by):
    """What deleting them one by one would write: Django's own bulk delete asks a query a row for it."""
    history = TaskLink.history.model
    names = [field.attname for field in history.tracked_fields]
    stamp = {"history_type": "-", "history_date": timezone.now(), "history_user": by}
    history.objects.bulk_create([history(**stamp, **{name: getattr(link, name) for name in names}) for link in links])


def locked(task):
    try:
        return Task.objects.select_for_update().get(pk=task.pk)
    except Task.DoesNotExist:
        raise Refusal(_("This task does not exist any more.")) from None


def _begin_series(task):
    task.series, task.series_start = (uuid4(), task.due_on) if task.rhythm else (None, None)
    task.turn = 0


def _add_next(task, relations, by):
    """None when the series ends, when no relation of it is active, or when it is there: the task was reopened once."""
    due_on = recurrence.next_day(task)
    links = TaskLink.objects.filter(task=task, relation__in=[relation.pk for relation in relations])
    relation_ids = list(links.order_by("relation").values_list("relation", flat=True))
    turn = {"series": task.series, "turn": task.turn + 1}
    if due_on is None or not relation_ids or Task.objects.filter(**turn).exists():
        return None
    following = Task(**turn, due_on=due_on, **{name: getattr(task, name) for name in REPEATED})
    following.checklist = [item | {"done": False} for item in task.checklist]
    following.assignee = task.assignee if task.assignee and task.assignee.is_active else None
    keeping.save(following, by=by)
    replace_links(removed=[], added=[TaskLink(task=following, relation_id=pk) for pk in relation_ids], by=by)
    return following


def _set_done(task, moment, already, by):
    require(by, CHANGE)
    task = locked(task)
    if (task.done_at is None) == (moment is None):
        raise Refusal(already)
    task.done_at = moment
    keeping.save(task, by=by)
    return task


def _saved_once(link, by):
    return keeping.save_once(link, _("This relation is linked to the task already."), by=by)


def _remove(link, by):
    current = TaskLink.objects.select_for_update().filter(pk=link.pk, task=link.task_id).first()
    if current is None:
        raise Refusal(_("This link has been removed already."))
    keeping.delete(current, by=by)
