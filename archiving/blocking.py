"""What keeps a relation from being archived or erased: one query a rule, the same list on screen and in the act."""

from collections import defaultdict

from django.db.models import Count, F
from django.urls import reverse
from django.utils.translation import gettext as _

from archiving import policies
from archiving.plans import Finding
from archiving.policies import Stage
from archiving.reach import among


def blockers(root_ids, stage):
    """{root id: [Finding]} for the relations that may not pass `stage` now; the others are not in it."""
    found = defaultdict(list)
    for finding in _wrong_state(root_ids, stage):
        found[finding.root_id].append(finding)
    for policy in policies.policies():
        for blocker in policy.blockers:
            if blocker.stage == stage:
                for finding in _findings(policy, blocker, root_ids):
                    found[finding.root_id].append(finding)
    return dict(found)


def _findings(policy, blocker, root_ids):
    path = blocker.path or policy.paths[0]
    counted = (
        policy.model._base_manager.filter(blocker.when, **{f"{path}__in": among(root_ids)})
        .order_by()
        .values_list(F(path))
        .annotate(Count("pk"))
    )
    for root_id, count in counted:
        sentence = blocker.sentence % {"count": count}
        yield Finding(blocker.code, root_id, count, sentence, reverse(blocker.solve, args=[root_id]))


def _wrong_state(root_ids, stage):
    """A relation that is gone, or not where it must be before this stage (R1: archived before erased)."""
    states = policies.root()._base_manager.filter(pk__in=among(root_ids)).values_list("pk", "archival", "erasure")
    known = {pk: (archival, erasure) for pk, archival, erasure in states}
    for root_id in root_ids:
        if root_id not in known:
            yield Finding("GONE", root_id, 1, _("no longer exists"))
        elif known[root_id][1]:
            yield Finding("ERASED", root_id, 1, _("has been erased"))
        elif stage == Stage.ARCHIVE and known[root_id][0]:
            yield Finding("ALREADY_ARCHIVED", root_id, 1, _("is archived already"))
        elif stage == Stage.ERASE and not known[root_id][0]:
            yield Finding("NOT_ARCHIVED", root_id, 1, _("must be archived first"))
