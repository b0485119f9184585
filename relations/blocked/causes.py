"""The work-list of blockers: why former relations cannot be archived yet, and the page that solves it (B10)."""

from dataclasses import dataclass

from django.urls import reverse

from archiving.plans import blocking
from archiving.policies import Stage
from crm.core.lists import counting
from relations.models import Relation, RelationStatus


@dataclass(frozen=True)
class Cause:
    code: str
    reason: str
    solve: str
    relations: object  # QuerySet
    count: int = 0

    def first(self, number):
        """[(relation, address of the page that solves it)]"""
        relations = self.relations.only("number", "name").order_by("number", "pk")[:number]
        return [(relation, reverse(self.solve, args=[relation.pk])) for relation in relations]


def leaving(employee):
    """Those that are to be archived: former and still active."""
    return Relation.objects.active().visible_to(employee).filter(status=RelationStatus.FORMER)


def causes(employee):
    """Those that keep any, the most frequent first; two queries, whatever the number of relations."""
    found = _causes(employee)
    counts = counting.counts({cause.code: cause.relations for cause in found})
    counted = [Cause(c.code, c.reason, c.solve, c.relations, counts[c.code]) for c in found if counts.get(c.code)]
    return sorted(counted, key=lambda cause: -cause.count)


def _causes(employee):
    relations = leaving(employee)
    rules = blocking.causes(relations.values("pk"), Stage.ARCHIVE)
    return [Cause(b.code, b.reason, b.solve, relations.filter(pk__in=keys)) for b, keys in rules]


def count_of(causes, employee):
    """How many relations there are with one or more of `causes`."""
    keys = [cause.relations.values("pk") for cause in causes]
    return leaving(employee).filter(pk__in=keys[0].union(*keys[1:])).count() if keys else 0
