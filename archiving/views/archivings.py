"""Archive the relations of a job: preview, reason, questions, confirmation (R19, R71-R79)."""

from django.views.decorators.http import require_http_methods

from archiving.forms import ArchiveForm
from archiving.plans.plan import Act, Verb
from archiving.views import presenting
from archiving.views.confirming import may
from archiving.views.deciding import Decision, decide


@require_http_methods(["GET", "HEAD", "POST"])
@may("archive")
def archive(request, pk):
    return decide(request, pk, ARCHIVING)


def _context(plan, _form):
    return {
        "along": presenting.lines(plan, Verb.ARCHIVED),
        "staying": presenting.staying(plan),
        "changing": presenting.lines(plan, Verb.STOPPED, Verb.ENDED, Verb.REASSIGNED, Verb.CHOSEN),
    }


ARCHIVING = Decision(Act.ARCHIVE, "archiving/archive.html", ArchiveForm, _context)
