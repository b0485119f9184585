"""What relinking a contractant would do, for any number of them in as many queries as for one (B11)."""

from collections import defaultdict
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from billing.models import Subscription
from crm.core.drift import digest
from portals.models import Contractant
from relations.models import Relation, TaskKind, TaskLink

# Why one cannot be relinked; also what is told of a row of a job that was skipped.
PROBLEMS = {
    "UNKNOWN": _("there is no such contractant"),
    "NOT_LINKED": _("the contractant is not linked to a relation now: link it by hand"),
    "SAME_RELATION": _("the contractant is linked to this relation already"),
    "NEW_NOT_ACTIVE": _("the new relation is archived or erased: choose an active one"),
    "OLD_NOT_ACTIVE": _("the relation it is linked to is archived: restore that one first"),
    "NO_SUBSCRIPTION": _("the new relation has no running subscription: start one first"),
    "HAS_CONTRACTANT": _("every running subscription of the new relation is linked to another contractant already"),
    "DRIFTED": _("something changed since it was shown: look at it again"),
}


@dataclass(frozen=True)
class Move:
    """Contractant `contractant` (key) goes to relation `relation` (key)."""

    contractant: int
    relation: int


@dataclass(frozen=True)
class Plan:
    """`links` are the open tasks of the old relation; those in `shared` have the new relation already."""

    move: Move
    contractant: Contractant | None
    old: Subscription | None
    relation: Relation | None
    new: Subscription | None
    running: int
    links: tuple[TaskLink, ...]
    shared: frozenset[int]

    @property
    def problem(self):
        """A key of PROBLEMS, or ""."""
        if self.contractant is None:
            return "UNKNOWN"
        if self.old is None:
            return "NOT_LINKED"
        if self.old.relation_id == self.move.relation:
            return "SAME_RELATION"
        return self._problem_of_ends()

    def _problem_of_ends(self):
        if self.relation is None or not self.relation.is_active:
            return "NEW_NOT_ACTIVE"
        if not self.old.relation.is_active:
            return "OLD_NOT_ACTIVE"
        if self.new is None:
            return "HAS_CONTRACTANT" if self.running else "NO_SUBSCRIPTION"
        return ""

    @property
    def moved(self):
        """Keys of the tasks that the new relation does not have yet."""
        return [link.task_id for link in self.links if link.task_id not in self.shared]

    @property
    def support(self):
        """How many of the open tasks the customer sees."""
        return sum(link.task.kind == TaskKind.SUPPORT for link in self.links)

    @property
    def facts(self):
        """What somebody is shown and agrees to: names of what differs come from here."""
        return {
            "old": self.old and self.old.pk,
            "new": self.new and self.new.pk,
            "tasks": sorted(link.task_id for link in self.links),
            "shared": sorted(self.shared),
        }

    @property
    def fingerprint(self):
        return digest([self.move.contractant, self.move.relation, self.facts])


def plan(move):
    return plans([move])[0]


def plans(moves, *, lock=False):
    """A Plan for each of `moves`. With `lock` all they rest on is locked, in the order of contractants.py."""
    contractants = Contractant.objects.in_bulk({move.contractant for move in moves})
    sources = _setups(contractants.values()).values_list("relation", flat=True)
    relations = _relations({*sources, *(move.relation for move in moves)}, lock)
    subscriptions = _subscriptions(relations, lock)
    if lock:
        list(Contractant.objects.filter(pk__in=contractants).order_by("pk").select_for_update())
    setups = {(row.database, row.contractant): row for row in subscriptions if row.contractant}
    links = _open_links({row.relation_id for row in setups.values()}, lock)
    shared = _pairs([link.task_id for found in links.values() for link in found])
    return [_plan(move, contractants, setups, relations, subscriptions, links, shared) for move in moves]


def _plan(move, contractants, setups, relations, subscriptions, links, shared):
    contractant = contractants.get(move.contractant)
    old = contractant and setups.get((contractant.database, contractant.code))
    own = links.get(old.relation_id, []) if old else []
    today = timezone.localdate()
    running = [row for row in subscriptions if row.relation_id == move.relation and row.is_running(today)]
    return Plan(
        move=move,
        contractant=contractant,
        old=old,
        relation=relations.get(move.relation),
        new=max((row for row in running if not row.contractant), key=lambda row: (row.starts_on, row.pk), default=None),
        running=len(running),
        links=tuple(own),
        shared=frozenset(link.task_id for link in own if (link.task_id, move.relation) in shared),
    )


def _setups(contractants):
    """Subscriptions that carry one of these; some others too, which their database tells apart."""
    codes = {contractant.code for contractant in contractants}
    return Subscription.objects.linked().filter(contractant__in=codes)


def _relations(keys, lock):
    rows = Relation.objects.filter(pk__in=keys).order_by("pk")
    return {row.pk: row for row in (rows.select_for_update(no_key=True) if lock else rows)}


def _subscriptions(relations, lock):
    rows = Subscription.objects.filter(relation__in=relations).order_by("pk")
    found = list(rows.select_for_update() if lock else rows)
    for row in found:
        row.relation = relations[row.relation_id]
    return found


def _open_links(relation_ids, lock):
    """{relation: links with its open tasks}; `lock` also keeps anybody from finishing one meanwhile."""
    rows = TaskLink.objects.filter(relation__in=relation_ids, task__done_at=None).select_related("task").order_by("pk")
    found = defaultdict(list)
    for link in rows.select_for_update(of=("self", "task")) if lock else rows:
        found[link.relation_id].append(link)
    return found


def _pairs(task_ids):
    return set(TaskLink.objects.filter(task__in=task_ids).values_list("task", "relation"))
