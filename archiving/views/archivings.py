"""Archive the relations of a proposal: preview, reason, questions, confirmation (R19, R72-R79)."""

from django.views.decorators.http import require_http_methods

from archiving import archiving, planning
from archiving.forms import ArchiveForm
from archiving.models import ProposalKind
from archiving.plans import Verb
from archiving.views import presenting
from archiving.views.confirming import may
from archiving.views.deciding import Decision, decide


@require_http_methods(["GET", "HEAD", "POST"])
@may("archive")
def archive(request, uuid):
    return decide(request, uuid, ARCHIVING)


def _act(root_ids, form, *, by):
    return archiving.archive(
        root_ids,
        by=by,
        reason=form.cleaned_data["reason"],
        note=form.cleaned_data["note"],
        answers=form.answers,
        expected=form.plan.hash,
    )


def _context(plan, _form):
    return {
        "along": presenting.lines(plan, Verb.ARCHIVED),
        "staying": presenting.staying(plan),
        "changing": presenting.lines(plan, Verb.STOPPED, Verb.ENDED, Verb.REASSIGNED, Verb.CHOSEN),
    }


ARCHIVING = Decision(ProposalKind.ARCHIVE, "archiving/archive.html", planning.plan_archive, ArchiveForm, _act, _context)
