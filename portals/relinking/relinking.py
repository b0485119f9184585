"""Relinking contractants: unlink, link and move the open tasks in one act (B11); row by row what the manual road does.

Undoing it is in undoing_relinking.py.
"""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.text import capfirst
from simple_history.utils import bulk_update_with_history

from billing.models import Subscription
from crm.core.drift import refuse_drift
from crm.core.refusals import Refusal, require
from portals.contractants.actions import end_links
from portals.models import ContractantLink, Relinking
from portals.relinking.planning import PROBLEMS, Move, plans
from relations.models import TaskLink
from relations.rights import CHANGE
from relations.work.actions import replace_links


@dataclass(frozen=True)
class Step:
    """The setup of `source` goes to `target` (Subscriptions); these task links go, those come."""

    contractant: object
    source: Subscription
    target: Subscription
    removed: tuple[TaskLink, ...]
    added: tuple[TaskLink, ...]


@transaction.atomic
def relink(*, contractant, relation, expected, by):
    """`contractant` and the open tasks go to `relation`; `expected` is the fingerprint of the plan that was shown."""
    require(by, CHANGE)
    (plan,) = plans([Move(contractant.pk, relation.pk)], lock=True)
    refuse_drift(plan, expected)
    if plan.problem:
        raise Refusal(f"{capfirst(PROBLEMS[plan.problem])}.")
    return _relink([plan], by)[0]


@transaction.atomic
def relink_many(moves, *, by):
    """`moves` {Move: fingerprint}, no relation in two of them. Returns ({Move: Relinking}, {Move: key of PROBLEMS})."""
    require(by, CHANGE)
    found = plans(list(moves), lock=True)
    problems = {plan.move: _problem(plan, moves[plan.move]) for plan in found}
    able = [plan for plan in found if not problems[plan.move]]
    done = dict(zip([plan.move for plan in able], _relink(able, by), strict=True)) if able else {}
    return done, {move: problem for move, problem in problems.items() if problem}


def _problem(plan, expected):
    return plan.problem or ("" if plan.fingerprint == expected else "DRIFTED")


def _relink(able, by):
    carry_out([_step(plan) for plan in able], by)
    return Relinking.objects.bulk_create([_record(plan, by) for plan in able])


def _step(plan):
    target = plan.new.relation_id
    added = tuple(TaskLink(task_id=key, relation_id=target) for key in plan.moved)
    return Step(plan.contractant, plan.old, plan.new, removed=plan.links, added=added)


def _record(plan, by):
    return Relinking(
        contractant=plan.contractant,
        old_relation=plan.old.relation,
        new_relation=plan.relation,
        old_subscription=plan.old,
        new_subscription=plan.new,
        moved_tasks=plan.moved,
        shared_tasks=sorted(plan.shared),
        by=by,
    )


def carry_out(steps, by):
    """As many queries however many steps; whoever calls holds the locks."""
    _move_setups(steps, by)
    _keep_links(steps, by)
    move_tasks(steps, by)


def _move_setups(steps, by):
    """First emptied, then filled: at no moment two subscriptions carry the same contractant (R43)."""
    for step in steps:
        step.source.database = step.source.contractant = ""
        step.target.database, step.target.contractant = step.contractant.database, step.contractant.code
    for rows in ([step.source for step in steps], [step.target for step in steps]):
        bulk_update_with_history(rows, Subscription, ["database", "contractant"], default_user=by)


def _keep_links(steps, by):
    end_links([step.contractant for step in steps])
    today = timezone.localdate()
    links = [(step.contractant, step.target.relation_id) for step in steps]
    ContractantLink.objects.bulk_create(
        ContractantLink(contractant=contractant, relation_id=relation, since=today, by=by)
        for contractant, relation in links
    )


def move_tasks(steps, by):
    """The links with open tasks go along (R49-R53); with `added` empty the new relation had them already."""
    removed = [link for step in steps for link in step.removed]
    replace_links(removed=removed, added=[link for step in steps for link in step.added], by=by)
