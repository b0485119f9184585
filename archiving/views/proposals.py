"""The start of every act: freeze the set somebody pointed at, then show what would happen to exactly these."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from archiving import proposals
from archiving.models import ProposalKind
from archiving.views import outcomes, presenting
from archiving.views.confirming import may, own_proposal


@require_POST
@may("archive")
def archive_one(request, pk):
    return propose(request, ProposalKind.ARCHIVE, [pk])


@require_POST
@may("restore")
def restore_one(request, pk):
    return propose(request, ProposalKind.RESTORE, [pk])


@require_POST
@may("erase")
def erase_one(request, pk):
    return propose(request, ProposalKind.ERASE, [pk])


@require_safe
@may(*ProposalKind)
def proposal_relations(request, uuid):
    """All relations of a proposal, with what stands in the way of each (R65)."""
    proposal = own_proposal(request, uuid, *ProposalKind)
    plan = outcomes.plan_of(proposal)
    back = reverse(f"archiving:{proposal.kind}", args=[proposal.pk])
    context = {"proposal": proposal, "plan": plan, "subjects": presenting.subjects(plan), "back": back}
    return render(request, "archiving/proposal_relations.html", context)


def propose(request, kind, root_ids):
    proposal = proposals.propose(kind, root_ids, by=request.user)
    return redirect(f"archiving:{proposal.kind}", uuid=proposal.pk)
