"""Erase the relations of a job for good: what goes, what stays, which files, typed confirmation (R23, R80, R86-R96)."""

from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from archiving.forms import EraseForm, is_one_choice
from archiving.plans.plan import Act
from archiving.views import presenting
from archiving.views.confirming import may
from archiving.views.deciding import Decision, decide


@require_http_methods(["GET", "HEAD", "POST"])
@may("erase")
def erase(request, pk):
    return decide(request, pk, ERASING)


def _form(job, plan, *sent, **options):
    """One relation is confirmed by typing its number, several by typing how many they are."""
    if plan.total == 1 and plan.can:
        to_type = presenting.subjects(plan)[0].root.number
        label = _("Type the relation number %s to confirm") % to_type
    else:
        to_type = str(plan.can)
        label = _("Type the number of relations, %s, to confirm") % to_type
    return EraseForm(job, plan, *sent, to_type=to_type, label=label, **options)


def _context(plan, form):
    return {"lines": presenting.lines(plan), "files": [] if is_one_choice(plan) else presenting.files(plan, form)}


ERASING = Decision(Act.ERASE, "archiving/erase.html", _form, _context)
