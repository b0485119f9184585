"""One page for every act on a proposal: show the plan, and on confirmation carry out exactly what was shown (B2)."""

from collections.abc import Callable
from dataclasses import dataclass

from archiving import proposals
from archiving.models import ProposalKind
from archiving.plans import PlanChanged
from archiving.views import confirming, results


@dataclass(frozen=True)
class Decision:
    """What differs between archiving, restoring and erasing."""

    kind: ProposalKind
    template: str
    plan: Callable  # (root ids) → Plan
    form: Callable  # (plan, [what was sent], **options) → PlanForm
    act: Callable  # (root ids, form, by=) → Outcome
    context: Callable  # (plan, form) → what the template draws


def decide(request, uuid, decision):
    proposal = confirming.own_proposal(request, uuid, decision.kind)
    if proposal.executed_at:
        return results.answer(request, proposal)
    plan = decision.plan(proposal.root_ids)
    if request.method != "POST":
        return _ask(request, proposal, plan, decision)
    if confirming.has_drifted(request, plan):
        return _ask(request, proposal, plan, decision, status=409)
    form = decision.form(plan, request.POST)
    if not form.is_valid():
        return _ask(request, proposal, plan, decision, form, status=422)
    return _carry_out(request, proposal, form, decision)


def _carry_out(request, proposal, form, decision):
    try:
        proposal = proposals.execute(
            proposal.pk, by=request.user, run=lambda root_ids: decision.act(root_ids, form, by=request.user)
        )
    except PlanChanged as drift:
        return _ask(request, proposal, drift.plan, decision, status=409)
    return results.answer(request, proposal)


def _ask(request, proposal, plan, decision, form=None, *, status=200):
    form = form or decision.form(plan, initial=confirming.starting_values(request, plan))
    context = decision.context(plan, form)
    return confirming.page(request, decision.template, proposal, plan, form, status=status, **context)
