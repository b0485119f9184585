"""Putting a relinking back: the contractant and each task that nobody touched since; the rest is listed (B11)."""

from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from billing.models import Subscription
from crm.core.refusals import Refusal, require
from portals.models import Contractant, Relinking
from portals.relinking.relinking import Step, carry_out, move_tasks
from relations.models import Relation, Task, TaskLink
from relations.rights import CHANGE

# Why something stays where it is.
REASONS = {
    "MOVED_ON": gettext_lazy("has been linked elsewhere since"),
    "HAS_CONTRACTANT": gettext_lazy("the subscription it came from is linked to another contractant now"),
    "NOT_ACTIVE": gettext_lazy("the relation it came from is archived or erased"),
    "DONE": gettext_lazy("has been finished since"),
    "GONE": gettext_lazy("no longer exists"),
    "UNDONE": gettext_lazy("has been undone already"),
}


@dataclass
class UndoPlan:
    """`link` and `tasks` say why something stays; `removed` and `added` are the task links that change."""

    relinking: Relinking
    link: str = ""
    tasks: dict = field(default_factory=dict)
    removed: list = field(default_factory=list)
    added: list = field(default_factory=list)

    @property
    def is_possible(self):
        return not self.relinking.is_undone and (not self.link or bool(self.added))

    @property
    def left(self):
        found = {"link": self.link, "tasks": {str(key): reason for key, reason in self.tasks.items()}}
        return {name: value for name, value in found.items() if value}


@transaction.atomic
def undo(relinking, *, by):
    """Back to how it was, as far as it was not changed since; Relinking.left says what stayed, and why."""
    done, problems = undo_many([relinking], by=by)
    if problems:
        reason = REASONS[problems[relinking.pk]]
        raise Refusal(_("Nothing can be put back: %(reason)s.") % {"reason": reason})
    return done[0]


@transaction.atomic
def undo_many(relinkings, *, by):
    """Returns (the Relinkings that were undone, {key: why not} of those of which nothing could be put back)."""
    require(by, CHANGE)
    found = undo_plans([relinking.pk for relinking in relinkings], lock=True)
    able = [plan for plan in found if plan.is_possible]
    problems = {plan.relinking.pk: why_not(plan) for plan in found if not plan.is_possible}
    carry_out([_step(plan) for plan in able if not plan.link], by)
    move_tasks([_step(plan) for plan in able if plan.link], by)
    for plan in able:
        plan.relinking.undone_at, plan.relinking.undone_by, plan.relinking.left = timezone.now(), by, plan.left
    Relinking.objects.bulk_update([plan.relinking for plan in able], ["undone_at", "undone_by", "left"])
    return [plan.relinking for plan in able], problems


def undo_plan(relinking):
    return undo_plans([relinking.pk])[0]


def why_not(plan):
    """The code of why nothing of it can be put back, "" when something can."""
    if plan.is_possible:
        return ""
    return "UNDONE" if plan.relinking.is_undone else plan.link or "MOVED_ON"


def undo_plans(keys, *, lock=False):
    """An UndoPlan for each, in as many queries however many."""
    rows = Relinking.objects.select_related("contractant").filter(pk__in=keys)
    relinkings = list(rows.order_by("pk"))
    subscriptions = _subscriptions(relinkings, lock)
    if lock:
        list(Contractant.objects.filter(relinkings__in=relinkings).order_by("pk").select_for_update())
        relinkings = list(rows.order_by("pk").select_for_update(of=("self",)))
    tasks = _tasks([key for relinking in relinkings for key in relinking.tasks], lock)
    links = {(link.task_id, link.relation_id): link for link in TaskLink.objects.filter(task__in=tasks).order_by("pk")}
    return [_plan(relinking, subscriptions, tasks, links) for relinking in relinkings]


def _plan(relinking, subscriptions, tasks, links):
    old, new = subscriptions[relinking.old_subscription_id], subscriptions[relinking.new_subscription_id]
    relinking.old_subscription, relinking.new_subscription = old, new
    plan = UndoPlan(relinking, link=_link_problem(relinking, old, new))
    for key in relinking.tasks:
        has_new, has_old = links.get((key, new.relation_id)), links.get((key, old.relation_id))
        if reason := _task_problem(tasks.get(key), has_new, has_old, old):
            plan.tasks[key] = reason
            continue
        plan.added.append(TaskLink(task_id=key, relation_id=old.relation_id))
        if key not in relinking.shared_tasks:
            plan.removed.append(has_new)
    return plan


def _link_problem(relinking, old, new):
    contractant = relinking.contractant
    if (new.database, new.contractant) != (contractant.database, contractant.code):
        return "MOVED_ON"
    if not old.relation.is_active:
        return "NOT_ACTIVE"
    return "HAS_CONTRACTANT" if old.contractant else ""


def _task_problem(task, has_new, has_old, old):
    if task is None:
        return "GONE"
    if not has_new or has_old:
        return "MOVED_ON"
    if task.done_at:
        return "DONE"
    return "" if old.relation.is_active else "NOT_ACTIVE"


def _step(plan):
    relinking = plan.relinking
    return Step(
        relinking.contractant,
        source=relinking.new_subscription,
        target=relinking.old_subscription,
        removed=tuple(plan.removed),
        added=tuple(plan.added),
    )


def _subscriptions(relinkings, lock):
    """{key: Subscription with its relation} of both ends, relations locked first (contractants.py)."""
    keys = [key for row in relinkings for key in (row.old_subscription_id, row.new_subscription_id)]
    relations = Relation.objects.filter(subscriptions__in=keys).distinct()
    if lock:
        relations = Relation.objects.filter(pk__in=list(relations.values_list("pk", flat=True)))
        relations = relations.order_by("pk").select_for_update(no_key=True)
    by_key = {relation.pk: relation for relation in relations}
    rows = Subscription.objects.filter(pk__in=keys).order_by("pk")
    found = {row.pk: row for row in (rows.select_for_update() if lock else rows)}
    for row in found.values():
        row.relation = by_key[row.relation_id]
    return found


def _tasks(keys, lock):
    rows = Task.objects.filter(pk__in=keys).order_by("pk")
    return {row.pk: row for row in (rows.select_for_update() if lock else rows)}
