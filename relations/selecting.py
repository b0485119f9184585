"""The relations somebody ticked in the list, until what they were ticked for is done."""

from archiving import proposals
from archiving.plans import Act
from crm.core.lists import SessionSelection
from crm.jobs.models import Job

KEY = "relations"
PROPOSED = "selection.relations.proposal"


def selection_of(request, listing):
    """The selection over the pages of `listing`; emptied once its relations have been archived."""
    selection = SessionSelection(request.session, KEY, listing)
    proposed = request.session.get(PROPOSED)
    if proposed and Job.objects.confirmed().filter(pk=proposed).exists():
        del request.session[PROPOSED]
        selection.clear()
    return selection


def forget_proposal(request):
    """Ticking differently after going back from a proposal: carrying that one out says nothing about these ticks."""
    request.session.pop(PROPOSED, None)


def propose_archiving(request, selection, *, expected):
    """Freeze the relations that were shown as selected, for the page that asks for confirmation."""
    job = proposals.propose(Act.ARCHIVE, selection.resolve(expected), by=request.user)
    request.session[PROPOSED] = job.pk
    return job
