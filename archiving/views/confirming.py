"""What the pages of archiving, restoring and erasing have in common: whose proposal, which state, what it comes to."""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse

from archiving.acting import permission
from archiving.forms import answer_name
from archiving.models import Proposal, ProposalKind
from archiving.views import presenting, wording
from archiving.views.differences import differences, snapshot


def may(*acts):
    """Lets in who has the right to any of `acts`."""

    def decorate(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if not any(request.user.has_perm(permission(act)) for act in acts):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def own_proposal(request, uuid, *kinds):
    """The proposal, for the one who made it; for everybody else it does not exist."""
    proposal = Proposal.objects.filter(pk=uuid, by=request.user, kind__in=kinds).first()
    if proposal is None:
        raise Http404
    return proposal


def has_drifted(request, plan):
    """Whether the form that was sent showed another state of affairs (B2)."""
    return request.POST.get("expected") != plan.hash


def starting_values(request, plan):
    """Says which state the page shows; what was typed and chosen stays, ticks of consent must be given anew."""
    chosen = ["reason", "note", *(answer_name(question) for question in plan.questions if question.kind != "tick")]
    values = {name: request.POST[name] for name in chosen if name in request.POST}
    return {"expected": plan.hash, "shown": snapshot(plan), "keep_files": request.POST.getlist("keep_files"), **values}


def page(request, template, proposal, plan, form, *, status=200, **context):
    """The confirmation page; with status 409 it says what differs from what was shown before."""
    drifted = status == 409
    subjects = presenting.subjects(plan, plan.root_ids[: presenting.NAMED])
    context |= {
        "proposal": proposal,
        "plan": plan,
        "form": form,
        "heading": wording.heading(plan, subjects),
        "verdict": wording.verdict(plan),
        "button": wording.button(plan),
        "cancel": _cancel_url(proposal, subjects),
        "drifted": drifted,
        "differences": differences(request.POST.get("shown", ""), plan) if drifted else [],
        "subjects": subjects,
        "more": len(plan.root_ids) - len(subjects),
        "blocked": presenting.subjects(plan, list(plan.blocked)[: presenting.NAMED]),
        "more_blocked": max(0, len(plan.blocked) - presenting.NAMED),
    }
    return render(request, template, context, status=status)


def _cancel_url(proposal, subjects):
    """Back to where the act began: the relation's own page, its list, or the archive."""
    if proposal.kind != ProposalKind.ARCHIVE:
        return reverse("archiving:archived_relation_list")
    if len(proposal.root_ids) == 1 and subjects[0].root:
        return subjects[0].root.get_absolute_url()
    return reverse("relations:relation_list")
