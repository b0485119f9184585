"""Erase the relations of a proposal for good: what goes, what stays, which files, typed confirmation (R23, R86-R96)."""

from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from archiving import erasing, proposals
from archiving.erasure_planning import plan_erase
from archiving.forms import EraseForm
from archiving.models import ProposalKind
from archiving.plans import PlanChanged
from archiving.views import confirming, presenting, results
from archiving.views.confirming import may, own_proposal


@require_http_methods(["GET", "POST"])
@may("erase")
def erase(request, uuid):
    proposal = own_proposal(request, uuid, ProposalKind.ERASE)
    if proposal.executed_at:
        return results.answer(request, proposal)
    plan = plan_erase(proposal.root_ids)
    if request.method == "GET":
        return _ask(request, proposal, plan)
    if confirming.has_drifted(request, plan):
        return _ask(request, proposal, plan, status=409)
    form = _form(plan, request.POST)
    if not form.is_valid():
        return _ask(request, proposal, plan, form, status=422)
    return _erase(request, proposal, form)


def _erase(request, proposal, form):
    def run(root_ids):
        return erasing.erase(
            root_ids,
            by=request.user,
            reason=form.cleaned_data["reason"],
            answers=form.answers,
            keep_files=form.cleaned_data["keep_files"],
            expected=form.plan.hash,
        )

    try:
        proposal = proposals.execute(proposal.pk, by=request.user, run=run)
    except PlanChanged as drift:
        return _ask(request, proposal, drift.plan, status=409)
    return results.answer(request, proposal)


def _form(plan, *args, **options):
    """One relation is confirmed by typing its number, several by typing how many they are."""
    if len(plan.root_ids) == 1 and plan.runnable:
        number = presenting.subjects(plan)[0].root.number
        return EraseForm(
            plan, *args, to_type=number, label=_("Type the relation number %s to confirm") % number, **options
        )
    count = str(len(plan.runnable))
    return EraseForm(
        plan, *args, to_type=count, label=_("Type the number of relations, %s, to confirm") % count, **options
    )


def _ask(request, proposal, plan, form=None, *, status=200):
    form = form or _form(plan, initial=confirming.starting_values(request, plan))
    return confirming.page(
        request,
        "archiving/erase.html",
        proposal,
        plan,
        form,
        status=status,
        lines=presenting.lines(plan),
        files=presenting.files(plan, form),
    )
