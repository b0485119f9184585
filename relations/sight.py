"""What an employee may see of what belongs to relations: nothing of a restricted one without access (decision 0012)."""

from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404

from archiving.policies import policy_of
from relations.models import Relation


def seen_by(employee, rows):
    """Those of `rows`, of any model that belongs to relations, that `employee` may see.

    What belongs to several at once (a task, a person) is seen by who sees one of them; a link needs both its ends.
    """
    policy = policy_of(rows.model)
    if policy.is_root:
        return rows.visible_to(employee)
    withheld = Relation.objects.withheld_from(employee).values("pk")
    if policy.orphans:
        return _with_a_visible_link(rows, policy, withheld)
    for path in policy.paths:
        rows = rows.exclude(**{f"{path}__in": withheld})
    return rows


def get_seen_or_404(employee, rows, /, **key):
    """The row, when `employee` may see it; for everybody else it does not exist."""
    return get_object_or_404(seen_by(employee, rows), **key)


def _with_a_visible_link(rows, policy, withheld):
    to_links = rows.model._meta.get_field(policy.orphans.link)
    links = to_links.related_model._base_manager.filter(**{to_links.field.name: OuterRef("pk")})
    hidden = {f"{policy.paths[0].rpartition('__')[2]}__in": withheld}
    return rows.filter(~Exists(links.filter(**hidden)) | Exists(links.exclude(**hidden)))
