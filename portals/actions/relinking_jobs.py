"""Relinking many contractants as a job: one row a relation that loses its contractant, with an outcome each."""

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from billing.actions.access import CHANGE
from crm.core.refusals import Refusal, require
from crm.jobs import confirming, freezing, steering
from crm.jobs.models import ItemState, JobItem
from crm.jobs.operations import Result
from portals.actions.relink_planning import Move
from portals.actions.relinking import relink_many
from portals.actions.undoing_relinking import undo_many
from portals.models import Relinking
from relations.models import Relation

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


def undo(job, *, by):
    """The confirmed Job that puts back what `job` relinked, as far as nobody changed it since."""
    return confirming.confirm(_undoing(job, by), by=by)


@transaction.atomic
def _undoing(job, by):
    require(by, CHANGE)
    if sentence := steering.why_not_undo(job):
        raise Refusal(sentence)
    done = freezing.targets(job, ItemState.DONE)
    undoing = freezing.freeze(done, by=by, origin=job.origin, operation=UNDOING)
    undoing.undoes = job
    undoing.save(update_fields=["undoes"])
    theirs = JobItem.objects.filter(job=job, target=OuterRef("target"))
    undoing.items.update(before=Subquery(theirs.values("before")[:1]))
    return undoing


def run_undoing(job, items):
    """A chunk of what takes it back."""
    by_relinking = {item.before["relinking"]: item for item in items}
    relinkings = list(Relinking.objects.filter(pk__in=by_relinking))
    _done, problems = undo_many(relinkings, by=job.by)
    gone = by_relinking.keys() - {relinking.pk for relinking in relinkings}
    problems |= dict.fromkeys(gone, "GONE")
    return {by_relinking[key].pk: Result(ItemState.SKIPPED, reason) for key, reason in problems.items()}
