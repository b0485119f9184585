"""Restore the relations of a proposal: what comes back, then the button (R22)."""

from django.views.decorators.http import require_http_methods

from archiving import planning, proposals, restoring
from archiving.forms import PlanForm
from archiving.models import ProposalKind
from archiving.plans import PlanChanged
from archiving.views import confirming, presenting, results
from archiving.views.confirming import may, own_proposal


@require_http_methods(["GET", "POST"])
@may("restore")
def restore(request, uuid):
    proposal = own_proposal(request, uuid, ProposalKind.RESTORE)
    if proposal.executed_at:
        return results.answer(request, proposal)
    plan = planning.plan_restore(proposal.root_ids)
    if request.method == "GET":
        return _ask(request, proposal, plan)
    if confirming.has_drifted(request, plan):
        return _ask(request, proposal, plan, status=409)
    return _restore(request, proposal, plan)


def _restore(request, proposal, plan):
    def run(root_ids):
        return restoring.restore(root_ids, by=request.user, expected=plan.hash)

    try:
        proposal = proposals.execute(proposal.pk, by=request.user, run=run)
    except PlanChanged as drift:
        return _ask(request, proposal, drift.plan, status=409)
    return results.answer(request, proposal)


def _ask(request, proposal, plan, *, status=200):
    form = PlanForm(plan, initial=confirming.starting_values(request, plan))
    lines = presenting.lines(plan)
    return confirming.page(request, "archiving/restore.html", proposal, plan, form, status=status, lines=lines)
