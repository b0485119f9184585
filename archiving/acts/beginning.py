"""What every act begins with: the right, the locks, and the plan as it is now."""

from django.utils.translation import gettext as _

from archiving import policies
from archiving.plans.plan import Act
from archiving.reach import among, rows_of
from crm.core.drift import Drifted
from crm.core.refusals import Refusal, require


def permission(act):
    """'relations.archive_relation' for 'archive'."""
    options = policies.root()._meta
    return f"{options.app_label}.{act}_{options.model_name}"


def begin(act, root_ids, by):
    """Check the right once more and lock the relations in key order, before anything is looked at.

    With those at the other end of their links, and for restoring with their debtors: whether a link or a relation
    comes back depends on how they are.
    """
    require(by, permission(act))
    ids = {*root_ids, *_other_ends(root_ids)}
    if act == Act.RESTORE:
        ids |= _named(root_ids)
    list(policies.root()._base_manager.filter(pk__in=ids).order_by("pk").select_for_update().values_list("pk"))


def require_reason(reason, reasons):
    """Acts are recorded with a reason of the list, never with a text."""
    if reason not in reasons:
        raise Refusal(_("Choose a reason."), status=400)


def _other_ends(root_ids):
    between = [policy for policy in policies.policies() if len(policy.paths) > 1]
    return {end for policy in between for row in rows_of(policy, root_ids).values_list(*policy.paths) for end in row}


def _named(root_ids):
    """Whom these relations name, as their invoice debtor."""
    roots = policies.root()._base_manager.filter(pk__in=among(root_ids))
    fields = [reference.field for reference in policies.policy_of(policies.root()).references]
    return {key for row in roots.values_list(*fields) for key in row if key} if fields else set()


def as_shown(plan, expected):
    """`plan`, unless `expected` is the hash of another one: then Drifted (B2)."""
    if expected and expected != plan.hash:
        raise Drifted(plan)
    return plan
