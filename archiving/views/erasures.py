"""Erase the relations of a proposal for good: what goes, what stays, which files, typed confirmation (R23, R86-R96)."""

from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from archiving import erasing
from archiving.erasure_planning import plan_erase
from archiving.forms import EraseForm
from archiving.models import ProposalKind
from archiving.views import presenting
from archiving.views.confirming import may
from archiving.views.deciding import Decision, decide


@require_http_methods(["GET", "HEAD", "POST"])
@may("erase")
def erase(request, uuid):
    return decide(request, uuid, ERASING)


def _form(plan, *sent, **options):
    """One relation is confirmed by typing its number, several by typing how many they are."""
    if len(plan.root_ids) == 1 and plan.runnable:
        to_type = presenting.subjects(plan)[0].root.number
        label = _("Type the relation number %s to confirm") % to_type
    else:
        to_type = str(len(plan.runnable))
        label = _("Type the number of relations, %s, to confirm") % to_type
    return EraseForm(plan, *sent, to_type=to_type, label=label, **options)


def _act(root_ids, form, *, by):
    return erasing.erase(
        root_ids,
        by=by,
        reason=form.cleaned_data["reason"],
        answers=form.answers,
        keep_files=form.cleaned_data["keep_files"],
        expected=form.plan.hash,
    )


def _context(plan, form):
    return {"lines": presenting.lines(plan), "files": presenting.files(plan, form)}


ERASING = Decision(ProposalKind.ERASE, "archiving/erase.html", plan_erase, _form, _act, _context)
