"""What every act begins with: the right, the locks, and the plan as it is now."""

from archiving import policies
from archiving.plans import PlanChanged
from crm.core.refusals import require


def permission(act):
    """'relations.archive_relation' for 'archive'."""
    options = policies.root()._meta
    return f"{options.app_label}.{act}_{options.model_name}"


def begin(act, root_ids, by):
    """Check the right once more and lock the relations in key order, before anything is looked at."""
    require(by, permission(act))
    list(policies.root()._base_manager.filter(pk__in=root_ids).order_by("pk").select_for_update().values_list("pk"))


def as_shown(plan, expected):
    """`plan`, unless `expected` is the hash of another one: then PlanChanged (B2)."""
    if expected and expected != plan.hash:
        raise PlanChanged(plan)
    return plan
