"""Tasks and the relations they are linked to (R49-R53). Of an archived relation a task can be finished, not added."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history

from crm.core.refusals import Refusal, require
from relations.actions.relations import UNIQUE_VIOLATION, refuse_unless_active
from relations.models import Relation, Task, TaskLink

CHANGE = "relations.change_relation"


class LastLink(Refusal):
    """A task belongs to at least one relation: erasing finds what was written about somebody through its link (R32)."""


@transaction.atomic
def add_task(task, *, relation, by):
    """Save the new `task` of `relation`."""
    _relation_to_link(relation, by)
    _save(task, by)
    _save(TaskLink(task=task, relation=relation), by)
    return task


@transaction.atomic
def finish_task(task, *, by):
    return _set_done(task, timezone.now(), _("This task has been finished already."), by)


@transaction.atomic
def reopen_task(task, *, by):
    return _set_done(task, None, _("This task is open already."), by)


@transaction.atomic
def link_task(task, *, relation, by, instead_of=None):
    """Link `relation` to `task` (R52), in the place of the TaskLink `instead_of` when that is given (R51)."""
    _relation_to_link(relation, by)
    task = _locked(task)
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
    task = _locked(link.task)
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


def _relation_to_link(relation, by):
    """Locked; nothing new for an archived relation (R14, R18)."""
    require(by, CHANGE)
    refuse_unless_active(Relation.objects.select_for_update(no_key=True).get(pk=relation.pk))


def _locked(task):
    try:
        return Task.objects.select_for_update().get(pk=task.pk)
    except Task.DoesNotExist:
        raise Refusal(_("This task does not exist any more.")) from None


def _set_done(task, moment, already, by):
    require(by, CHANGE)
    task = _locked(task)
    if (task.done_at is None) == (moment is None):
        raise Refusal(already)
    task.done_at = moment
    _save(task, by)
    return task


def _saved_once(link, by):
    try:
        with transaction.atomic():
            _save(link, by)
    except IntegrityError as error:
        if getattr(error.__cause__, "sqlstate", None) != UNIQUE_VIOLATION:
            raise
        raise Refusal(_("This relation is linked to the task already.")) from error
    return link


def _save(row, by):
    row._history_user = by
    row.save()


def _remove(link, by):
    current = TaskLink.objects.select_for_update().filter(pk=link.pk, task=link.task_id).first()
    if current is None:
        raise Refusal(_("This link has been removed already."))
    current._history_user = by
    current.delete()
