"""Restore the relations of a proposal: what comes back, then the button (R22)."""

from django.views.decorators.http import require_http_methods

from archiving import planning, restoring
from archiving.forms import PlanForm
from archiving.models import ProposalKind
from archiving.views import presenting
from archiving.views.confirming import may
from archiving.views.deciding import Decision, decide


@require_http_methods(["GET", "HEAD", "POST"])
@may("restore")
def restore(request, uuid):
    return decide(request, uuid, RESTORING)


def _act(root_ids, form, *, by):
    return restoring.restore(root_ids, by=by, expected=form.plan.hash)


def _context(plan, _form):
    return {"lines": presenting.lines(plan)}


RESTORING = Decision(ProposalKind.RESTORE, "archiving/restore.html", planning.plan_restore, PlanForm, _act, _context)
