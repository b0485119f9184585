"""Pages that solve an obstacle for all relations of a set at once."""

from django.urls import reverse

from archiving import policies
from archiving.plans.plan import Plan
from crm.jobs.freezing import USE


def together(job, plan, employee):
    """[(what keeps relations of the draft `job`, address of the page that solves it)], for who may change many."""
    if not employee.has_perm(USE):
        return []
    codes = _codes(plan)
    blockers = [blocker for policy in policies.policies() for blocker in policy.blockers if blocker.solve_many]
    return [(b.reason, reverse(b.solve_many, args=[job.pk])) for b in blockers if b.code in codes]


def _codes(plan):
    if isinstance(plan, Plan):
        return {finding.code for findings in plan.blocked.values() for finding in findings}
    return set(plan.obstacles)
