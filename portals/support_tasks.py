"""Which support tasks a customer sees: those of the relation that its environment is linked to now (R41, R48).

Asked anew each time, of the links themselves: what was linked or moved a moment ago is seen at once (R54).
"""

from django.db.models import Exists, OuterRef

from billing.models import Subscription
from relations.models import Task, TaskKind, TaskLink

LINKED = Subscription.objects.exclude(contractant="")


def support_tasks_of(relation):
    """The support tasks that `relation` sees through its contractant; none while it is not linked to one."""
    return _linked_to(TaskLink.objects.filter(relation=relation)).filter(Exists(LINKED.filter(relation=relation)))


def is_linked(relation):
    return LINKED.filter(relation=relation).exists()


def _linked_to(links):
    return Task.objects.filter(Exists(links.filter(task=OuterRef("pk"))), kind=TaskKind.SUPPORT)
