"""Support tasks as customers and office talk about them."""

from django.db import transaction
from django.utils.translation import gettext as _

from crm.core.refusals import Refusal
from portals.models import TaskComment
from portals.support_tasks import is_linked, support_tasks_of
from relations import keeping
from relations.keeping import relation_to_change
from relations.models import Task, TaskKind, TaskLink
from relations.rights import CHANGE


@transaction.atomic
def ask(account, *, subject, text, file=None):
    """A new support task by the customer of `account`, linked to its relation."""
    relation = keeping.active(account.relation_id)
    if not is_linked(relation):
        raise Refusal(_("Your environment is not linked, so no question can be sent here. Please call or mail us."))
    task = Task(subject=subject, text=text, kind=TaskKind.SUPPORT)
    link = TaskLink(task=task, relation=relation)
    for row in (task, link):
        keeping.save(row, by=None)
    if file:
        _say(task, relation, author=account.name or account.email, file=file)
    return task


@transaction.atomic
def comment(task, account, *, text, file=None):
    """By the customer, while the task is one they see."""
    relation = keeping.active(account.relation_id)
    if not support_tasks_of(relation).filter(pk=task.pk).exists():
        raise Refusal(_("This question is not yours to see any more."), status=404)
    return _say(task, relation, author=account.name or account.email, text=text, file=file)


@transaction.atomic
def answer(task, relation, *, text, file=None, by):
    """By the office, in the conversation with `relation`."""
    relation = relation_to_change(relation.pk, by=by, permission=CHANGE)
    return _say(task, relation, author=by.name, text=text, file=file, employee=by)


def _say(task, relation, *, author, text="", file=None, employee=None):
    return TaskComment.objects.create(
        task=task,
        relation=relation,
        employee=employee,
        author_name=author[:120],
        text=text,
        file=file or "",
        file_name=file.name if file else "",
    )
