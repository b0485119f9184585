"""The few relations that are named on the page of an act; the others are a link away (R65)."""

from archiving import policies
from archiving.plans import marking
from archiving.plans import showing as previewing
from archiving.plans.erase import ANONYMISE, DELETE
from archiving.plans.plan import Act, Plan
from archiving.views.presenting import Subject, subjects
from crm.jobs.models import ItemState

NAMED = 25


def first(job, plan):
    """Subjects of the first relations, whatever becomes of them."""
    if isinstance(plan, Plan):
        return subjects(plan, plan.root_ids[:NAMED])
    items = job.items.select_related("target").order_by("target_id")[:NAMED]
    return [_subject(plan, item) for item in items]


def first_blocked(job, plan):
    """Subjects of the first that cannot go on, with what stands in the way of each now."""
    if isinstance(plan, Plan):
        return subjects(plan, list(plan.blocked)[:NAMED])
    skipped = job.items.filter(state=ItemState.SKIPPED).order_by("target_id")
    roots = policies.root()._base_manager.in_bulk(list(skipped.values_list("target", flat=True)[:NAMED]))
    found = previewing.OBSTACLES[Act(plan.kind)](list(roots))
    return [Subject(root, found.get(pk, []), []) for pk, root in sorted(roots.items())]


def _subject(plan, item):
    """Without what stands in its way: only whether something does."""
    findings = [item.reason] if item.state == ItemState.SKIPPED else []
    erased = ANONYMISE if item.reason == marking.ANONYMISED else DELETE
    return Subject(item.target, findings, [], erased if plan.kind == Act.ERASE else "")
