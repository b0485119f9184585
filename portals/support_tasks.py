"""Which support tasks a customer sees: those of the relation that its environment is linked to now (R41, R48).

Asked anew each time, of the links themselves: what was linked or moved a moment ago is seen at once (R54).
"""

from django.db.models import Exists, OuterRef

from billing.models import Subscription
from relations.models import Task, TaskKind, TaskLink

LINKED = Subscription.objects.linked()


def support_tasks_of(relation):
    """The support tasks that `relation` sees through its contractant; none while it is not linked to one."""
    return _linked_to(TaskLink.objects.filter(relation=relation)).filter(Exists(LINKED.filter(relation=relation)))


def visible_support_tasks(contractant):
    """The support tasks of whichever relation `contractant` is linked to now."""
    setup = LINKED.filter(database=contractant.database, contractant=contractant.code)
    return _linked_to(TaskLink.objects.filter(relation__in=setup.values("relation")))


def all_support_tasks():
    """Every support task that some customer sees."""
    setup = LINKED.filter(relation=OuterRef("relation"))
    return _linked_to(TaskLink.objects.filter(Exists(setup)))


def is_linked(relation):
    return LINKED.filter(relation=relation).exists()


def _linked_to(links):
    return Task.objects.filter(Exists(links.filter(task=OuterRef("pk"))), kind=TaskKind.SUPPORT)
