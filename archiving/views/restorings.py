"""Restore the relations of a job: what comes back, then the button (R22)."""

from django.views.decorators.http import require_http_methods

from archiving.forms import PlanForm
from archiving.plans.plan import Act
from archiving.views import presenting
from archiving.views.confirming import may
from archiving.views.deciding import Decision, decide


@require_http_methods(["GET", "HEAD", "POST"])
@may("restore")
def restore(request, pk):
    return decide(request, pk, RESTORING)


def _context(plan, _form):
    return {"lines": presenting.lines(plan)}


RESTORING = Decision(Act.RESTORE, "archiving/restore.html", PlanForm, _context)
