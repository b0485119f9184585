"""Reading what a proposal came to: it holds keys and codes only, so the sentences are of today."""

from archiving import erasure_planning, planning
from archiving.models import ProposalKind
from archiving.views import presenting

PLANS = {
    ProposalKind.ARCHIVE: planning.plan_archive,
    ProposalKind.RESTORE: planning.plan_restore,
    ProposalKind.ERASE: erasure_planning.plan_erase,
}


def plan_of(proposal):
    return PLANS[proposal.kind](proposal.root_ids)


def done_ids(proposal):
    return proposal.outcome.get("done", [])


def skipped_ids(proposal):
    return [int(pk) for pk in proposal.outcome.get("skipped", {})]


def skipped(proposal):
    """The relations that were skipped, each with what stands in its way now."""
    return presenting.subjects(PLANS[proposal.kind](skipped_ids(proposal)))
