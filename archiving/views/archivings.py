"""Archive the relations of a proposal: preview, reason, questions, confirmation (R19, R72-R79)."""

from django.views.decorators.http import require_http_methods

from archiving import archiving, planning, proposals
from archiving.forms import ArchiveForm
from archiving.models import ProposalKind
from archiving.plans import PlanChanged, Verb
from archiving.views import confirming, presenting, results
from archiving.views.confirming import may, own_proposal


@require_http_methods(["GET", "POST"])
@may("archive")
def archive(request, uuid):
    proposal = own_proposal(request, uuid, ProposalKind.ARCHIVE)
    if proposal.executed_at:
        return results.answer(request, proposal)
    plan = planning.plan_archive(proposal.root_ids)
    if request.method == "GET":
        return _ask(request, proposal, plan)
    if confirming.has_drifted(request, plan):
        return _ask(request, proposal, plan, status=409)
    form = ArchiveForm(plan, request.POST)
    if not form.is_valid():
        return _ask(request, proposal, plan, form, status=422)
    return _archive(request, proposal, form)


def _archive(request, proposal, form):
    def run(root_ids):
        return archiving.archive(
            root_ids,
            by=request.user,
            reason=form.cleaned_data["reason"],
            note=form.cleaned_data["note"],
            answers=form.answers,
            expected=form.plan.hash,
        )

    try:
        proposal = proposals.execute(proposal.pk, by=request.user, run=run)
    except PlanChanged as drift:
        return _ask(request, proposal, drift.plan, status=409)
    return results.answer(request, proposal)


def _ask(request, proposal, plan, form=None, *, status=200):
    form = form or ArchiveForm(plan, initial=confirming.starting_values(request, plan))
    return confirming.page(
        request,
        "archiving/archive.html",
        proposal,
        plan,
        form,
        status=status,
        along=presenting.lines(plan, Verb.ARCHIVED),
        staying=presenting.staying(plan),
        changing=presenting.lines(plan, Verb.STOPPED, Verb.ENDED, Verb.REASSIGNED, Verb.CHOSEN),
    )
