"""The start of every act: freeze the set somebody pointed at, then show what would happen to exactly these."""

from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from archiving import proposals
from archiving.models import ProposalKind
from archiving.views import outcomes, presenting
from archiving.views.confirming import may, own_proposal
from crm.core.refusals import Refusal

TICKED = "relation"  # the name of a list's tick boxes


@require_POST
@may("archive")
def archive_one(request, pk):
    return _propose(request, ProposalKind.ARCHIVE, [pk])


@require_POST
@may("archive")
def archive_ticked(request):
    return _propose(request, ProposalKind.ARCHIVE, _ticked(request))


@require_POST
@may("restore")
def restore_one(request, pk):
    return _propose(request, ProposalKind.RESTORE, [pk])


@require_POST
@may("restore")
def restore_ticked(request):
    return _propose(request, ProposalKind.RESTORE, _ticked(request))


@require_POST
@may("erase")
def erase_one(request, pk):
    return _propose(request, ProposalKind.ERASE, [pk])


@require_POST
@may("erase")
def erase_ticked(request):
    return _propose(request, ProposalKind.ERASE, _ticked(request))


@require_safe
def proposal_relations(request, uuid):
    """All relations of a proposal, with what stands in the way of each (R65)."""
    proposal = own_proposal(request, uuid, *ProposalKind)
    plan = outcomes.plan_of(proposal)
    context = {"proposal": proposal, "plan": plan, "subjects": presenting.subjects(plan)}
    return render(request, "archiving/proposal_relations.html", context)


def _propose(request, kind, root_ids):
    proposal = proposals.propose(kind, root_ids, by=request.user)
    return redirect(f"archiving:{proposal.kind}", uuid=proposal.pk)


def _ticked(request):
    try:
        return [int(key) for key in request.POST.getlist(TICKED)]
    except ValueError:
        raise Refusal(_("These are not relations of the list. Go back and tick them again."), status=400) from None
