"""Relinking many contractants as a job: one row a relation that loses its contractant, with an outcome each."""

from django.db import transaction
from django.utils.translation import gettext as _

from crm.core.refusals import require
from crm.jobs import confirming, freezing
from crm.jobs.models import ItemState, JobItem
from crm.jobs.operations import Result
from portals.models import Relinking
from portals.relinking.planning import Move
from portals.relinking.relinking import relink_many
from portals.relinking.undoing import undo_many, undo_plans, why_not
from relations.models import Relation
from relations.rights import CHANGE

KEY, UNDOING = "relink", "undo_relink"


def relink_all(plans, *, by):
    """A confirmed Job that relinks what `plans` say: at once when they are few, otherwise by the workers."""
    return confirming.confirm(_drafted(plans, by), by=by)


@transaction.atomic
def _drafted(plans, by):
    require(by, CHANGE)
    wanted = {plan.old.relation_id: plan for plan in plans}
    job = freezing.freeze(Relation.objects.filter(pk__in=wanted), by=by, origin=_("from a file"), operation=KEY)
    items = list(job.items.all())
    for item in items:
        plan = wanted[item.target_id]
        item.after = {
            "contractant": plan.move.contractant,
            "relation": plan.move.relation,
            "expected": plan.fingerprint,
        }
    JobItem.objects.bulk_update(items, ["after"], batch_size=500)
    return job


def run(job, items):
    """A chunk: as many queries however many rows."""
    moves = {Move(item.after["contractant"], item.after["relation"]): item for item in items}
    done, problems = relink_many({move: item.after["expected"] for move, item in moves.items()}, by=job.by)
    for move, relinking in done.items():
        moves[move].before = {"relinking": relinking.pk}
    JobItem.objects.bulk_update([moves[move] for move in done], ["before"])
    return {moves[move].pk: Result(ItemState.SKIPPED, problem) for move, problem in problems.items()}


def fill(job, undoing):
    """An item for each relation that was relinked, with its Relinking under `before` (crm/jobs/undoing.py)."""
    done = job.items.filter(state=ItemState.DONE).order_by("target_id").values("target_id", "before")
    items = (JobItem(job=undoing, **values) for values in done)
    JobItem.objects.bulk_create(items, batch_size=5_000)


def mark(undoing):
    """Those of which nothing can be put back any more."""
    items = {item.before["relinking"]: item for item in undoing.items.all()}
    found = {plan.relinking.pk: plan for plan in undo_plans(items)}
    for key, item in items.items():
        if reason := why_not(found[key]) if key in found else "GONE":
            item.state, item.reason = ItemState.SKIPPED, reason
    JobItem.objects.bulk_update([item for item in items.values() if item.reason], ["state", "reason"], batch_size=500)


def run_undoing(job, items):
    """A chunk of what takes it back."""
    by_relinking = {item.before["relinking"]: item for item in items}
    relinkings = list(Relinking.objects.filter(pk__in=by_relinking))
    _done, problems = undo_many(relinkings, by=job.by)
    gone = by_relinking.keys() - {relinking.pk for relinking in relinkings}
    problems |= dict.fromkeys(gone, "GONE")
    return {by_relinking[key].pk: Result(ItemState.SKIPPED, reason) for key, reason in problems.items()}
