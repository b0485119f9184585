"""What every act begins with: the right, the locks, and the plan as it is now."""

from django.utils.translation import gettext as _

from archiving import policies
from archiving.plans import PlanChanged
from archiving.reach import rows_of
from crm.core.refusals import Refusal, require


def permission(act):
    """'relations.archive_relation' for 'archive'."""
    options = policies.root()._meta
    return f"{options.app_label}.{act}_{options.model_name}"


def begin(act, root_ids, by):
    """Check the right once more and lock the relations in key order, before anything is looked at.

    With those at the other end of their links: whether a link comes back depends on how they are.
    """
    require(by, permission(act))
    ids = {*root_ids, *_other_ends(root_ids)}
    list(policies.root()._base_manager.filter(pk__in=ids).order_by("pk").select_for_update().values_list("pk"))


def require_reason(reason, reasons):
    """Acts are recorded with a reason of the list, never with a text."""
    if reason not in reasons:
        raise Refusal(_("Choose a reason."), status=400)


def _other_ends(root_ids):
    between = [policy for policy in policies.policies() if len(policy.paths) > 1]
    return {end for policy in between for row in rows_of(policy, root_ids).values_list(*policy.paths) for end in row}


def as_shown(plan, expected):
    """`plan`, unless `expected` is the hash of another one: then PlanChanged (B2)."""
    if expected and expected != plan.hash:
        raise PlanChanged(plan)
    return plan
