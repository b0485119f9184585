"""Reading what a proposal came to: it holds keys and codes only, so the sentences are of today."""

from archiving import erasure_planning, planning, policies
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


def undoable_ids(proposal):
    """Without those that a later act archived again: that is for a proposal of its own (B2)."""
    later = policies.root().objects.archived().filter(archival__at__gt=proposal.executed_at)
    others = set(later.filter(pk__in=done_ids(proposal)).values_list("pk", flat=True))
    return [pk for pk in done_ids(proposal) if pk not in others]


def skipped_ids(proposal):
    return [int(pk) for pk in proposal.outcome.get("skipped", {})]


def skipped(proposal):
    """The relations that were skipped, each with what stands in its way now."""
    return presenting.subjects(PLANS[proposal.kind](skipped_ids(proposal)))
