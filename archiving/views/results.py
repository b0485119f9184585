"""What came of a proposal: the message, the page with what was skipped and why, and the way back."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from archiving import policies, proposals, restoring
from archiving.acting import permission
from archiving.models import ProposalKind
from archiving.views import outcomes, wording
from archiving.views.confirming import may, own_proposal


@require_safe
@may(*ProposalKind)
def result(request, uuid):
    proposal = own_proposal(request, uuid, *ProposalKind)
    if not proposal.executed_at:
        return redirect(f"archiving:{proposal.kind}", uuid=uuid)
    context = {
        "heading": wording.result(proposal),
        "proposal": proposal,
        "skipped": outcomes.skipped(proposal),
        "can_undo": _can_undo(request, proposal),
        "back": _list_of(proposal),
    }
    return render(request, "archiving/result.html", context)


@require_POST
@may("restore")
def undo(request, uuid):
    """Restore what one act of archiving took."""
    archived = own_proposal(request, uuid, ProposalKind.ARCHIVE)
    proposal = proposals.propose(ProposalKind.RESTORE, outcomes.undoable_ids(archived), by=request.user)
    proposal = proposals.execute(
        proposal.pk, by=request.user, run=lambda root_ids: restoring.restore(root_ids, by=request.user)
    )
    return answer(request, proposal)


def answer(request, proposal):
    """The answer to pressing the button, the same however often it is pressed."""
    done = outcomes.done_ids(proposal)
    if request.method == "GET" or outcomes.skipped_ids(proposal) or not done:
        return redirect("archiving:result", uuid=proposal.pk)
    messages.success(request, _said(request, proposal))
    return redirect(_page_of(done) if len(done) == 1 and proposal.kind != ProposalKind.ERASE else _list_of(proposal))


def _said(request, proposal):
    said = wording.result(proposal)
    if not _can_undo(request, proposal):
        return said
    return format_html('{} <a href="{}">{}</a>', said, reverse("archiving:result", args=[proposal.pk]), _("Undo"))


def _can_undo(request, proposal):
    if proposal.kind != ProposalKind.ARCHIVE or not request.user.has_perm(permission("restore")):
        return False
    return bool(outcomes.undoable_ids(proposal))


def _page_of(root_ids):
    return policies.root()._base_manager.get(pk=root_ids[0])


def _list_of(proposal):
    is_archived = proposal.kind == ProposalKind.ARCHIVE
    return reverse("relations:relation_list" if is_archived else "archiving:archived_relation_list")
