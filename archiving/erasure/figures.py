"""The figures that reports are made of: the same before and after erasing, or nothing is erased (R35, B6)."""

from django.db.models import Count, Sum
from django.utils.translation import gettext as _

from archiving import policies
from archiving.reach import rows_of
from crm.core.refusals import Refusal


class FiguresChanged(Refusal):
    """Erasing would have changed a figure; everything was rolled back."""

    code = "FIGURES_CHANGED"

    def __init__(self, label):
        super().__init__(
            _("Erasing would change the figures of “%(kind)s”. Nothing was erased; please tell the administrator.")
            % {"kind": label}
        )


def of(root_ids):
    """{policy: its sums per period, employee, debtor, as declared} of what belongs to `root_ids`."""
    return {policy: _sums(policy, root_ids) for policy in policies.policies() if policy.figures}


def _sums(policy, root_ids):
    figures = policy.figures
    sums = {f"sum_{name}": Sum(name) for name in figures.sums}
    rows = rows_of(policy, root_ids).order_by().values_list(*figures.by).annotate(rows=Count("pk"), **sums)
    return set(rows)


def require_equal(before, after):
    """Raise FiguresChanged for the first kind whose sums differ."""
    for policy, sums in before.items():
        if sums != after[policy]:
            raise FiguresChanged(policy.model._meta.verbose_name_plural)
