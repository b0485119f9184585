"""What the page of relinking tells: what the customer sees before and after, and what differs from what was shown."""

from dataclasses import dataclass

from django.core import signing
from django.db.models import Q
from django.utils.translation import gettext as _

from crm.core.addresses import is_key
from portals.models import PortalAccount, TaskComment
from portals.support_tasks import support_tasks_of
from relations.models import Relation, Task, TaskKind

SALT = "portals.relinking"
SHOWN = 10


@dataclass(frozen=True)
class Sight:
    """Support tasks a customer sees: how many, and the first of them."""

    count: int
    tasks: list[Task]


def sights(plan):
    """(now, afterwards) of whoever uses the contractant's environment (R48, R54)."""
    moved = Q(pk__in=[link.task_id for link in plan.links])
    afterwards = Task.objects.filter(moved | Q(relations=plan.relation), kind=TaskKind.SUPPORT).distinct()
    return _sight(support_tasks_of(plan.old.relation)), _sight(afterwards)


def _sight(tasks):
    return Sight(tasks.count(), list(tasks.order_by("-done_at", "due_on", "pk")[:SHOWN]))


def staying(plan):
    """(conversations, accounts) of the old relation: what was said stays; who signs in sees no task any more."""
    old = plan.old.relation
    said = TaskComment.objects.filter(relation=old, task__in=[link.task_id for link in plan.links])
    return said.values("task").distinct().count(), PortalAccount.objects.open().filter(relation=old).count()


def snapshot(plan):
    """Travels in the form, signed: keys only."""
    return signing.dumps(plan.facts, salt=SALT, compress=True)


def differences(shown, plan):
    """Sentences, one a difference; none when `shown` is not a snapshot of ours."""
    try:
        before = signing.loads(shown, salt=SALT)
    except signing.BadSignature:
        return []
    now = plan.facts
    return [*_setups(before, now), *_tasks(set(before["tasks"]), set(now["tasks"]))]


def _setups(before, now):
    if before["old"] != now["old"]:
        yield _("The contractant is not linked to the same relation any more.")
    if before["new"] != now["new"]:
        yield _("The new relation has another running subscription than was shown.")


def _tasks(before, now):
    if added := now - before:
        yield _("Open tasks that were not shown: %(count)d.") % {"count": len(added)}
    if gone := before - now:
        yield _("Open tasks that were shown and are no longer there: %(count)d.") % {"count": len(gone)}


def named(keys):
    """The tasks with these keys that still exist, in that order."""
    found = Task.objects.in_bulk(keys)
    return [found[key] for key in keys if key in found]


def relation_of(text, employee):
    """The relation whose key stands in an address, or None; `employee` must be able to see it."""
    return Relation.objects.not_erased().visible_to(employee).filter(pk=text).first() if is_key(text) else None
