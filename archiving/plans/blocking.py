"""What keeps a relation from being archived or erased: one query a rule, the same list on screen and in the act."""

from collections import defaultdict

from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from archiving import policies
from archiving.plans.plan import Finding
from archiving.policies import Stage
from archiving.reach import among


def blockers(root_ids, stage):
    """{root id: [Finding]} for the relations that may not pass `stage` now; the others are not in it."""
    found = defaultdict(list)
    for finding in _wrong_state(root_ids, stage):
        found[finding.root_id].append(finding)
    for blocker, rows, path in _rules(root_ids, stage):
        for root_id, count in rows.values_list(F(path)).annotate(Count("pk")):
            sentence = blocker.sentence % {"count": count}
            finding = Finding(blocker.code, root_id, count, sentence, reverse(blocker.solve, args=[root_id]))
            found[root_id].append(finding)
    return dict(found)


def obstacles(root_ids, stage):
    """(code, QuerySet of keys) a rule, in the order of `blockers`: for sets of which nobody is named."""
    roots = policies.root()._base_manager.filter(pk__in=among(root_ids)).order_by()
    for code, state in STATES[stage]:
        yield code, roots.filter(state).values("pk")
    for blocker, rows, path in _rules(root_ids, stage):
        yield blocker.code, rows.values(path)


def causes(root_ids, stage):
    """(Blocker, QuerySet of keys) a rule: those of the relations that it keeps, each as often as it has such rows."""
    for blocker, rows, path in _rules(root_ids, stage):
        yield blocker, rows.values(path)


STATES = {
    Stage.ARCHIVE: [("ERASED", ~Q(erasure=None)), ("ALREADY_ARCHIVED", ~Q(archival=None))],
    Stage.ERASE: [("ERASED", ~Q(erasure=None)), ("NOT_ARCHIVED", Q(archival=None))],
}


def _rules(root_ids, stage):
    """(Blocker, its rows at these relations, the path to them)"""
    for policy in policies.policies():
        for blocker in policy.blockers:
            if blocker.stage == stage:
                path = blocker.path or policy.paths[0]
                mine = {f"{path}__in": among(root_ids)}
                yield blocker, policy.model._base_manager.filter(blocker.when, **mine).order_by(), path


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
