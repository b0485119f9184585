"""Whatever is asked, however it is grouped: written and read again it is the same, and it lets through what it says."""

from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from relations.listing.listing import RelationListing
from relations.models import Relation
from tests import factories

CITIES, NAMES = ("", "Utrecht", "utrecht", "Den Haag"), ("Bakker", "De bakkerij", "50%", "A:b")
BORN = (None, date(2001, 5, 1), date(1980, 12, 31))
KINDS = ("person", "organisation")
DAYS = (date(2001, 5, 1), date(2001, 4, 30), date(1980, 12, 31), date(1990, 1, 1))


def _text(column):
    compare = {
        "is": lambda kept, typed: kept == typed,
        "is-not": lambda kept, typed: kept != typed,
        "contains": lambda kept, typed: typed in kept,
        "contains-not": lambda kept, typed: typed not in kept,
        "begins": lambda kept, typed: kept.startswith(typed),
    }

    def condition(operator, typed):
        fold = typed.lower()
        return f"{column}:{operator}:{typed}", lambda r: compare[operator](getattr(r, column).lower(), fold)

    typed = st.sampled_from(["utrecht", "UTR", "Haag", "bakker", "%", "A:b", "1:x", "zzz"])
    empty = st.sampled_from(
        [
            (f"{column}:empty", lambda r: not getattr(r, column)),
            (f"{column}:filled", lambda r: bool(getattr(r, column))),
        ]
    )
    return st.one_of(st.builds(condition, st.sampled_from(sorted(compare)), typed), empty)


def _kind(operator, kind):
    return f"kind:{operator}:{kind}", lambda r: (r.kind == kind) == (operator == "is")


def _born(operator, day):
    compare = {"on": lambda d: d == day, "before": lambda d: d < day, "after": lambda d: d > day}[operator]
    return f"birth_date:{operator}:{day}", lambda r: bool(r.birth_date) and compare(r.birth_date)


def _born_between(one, other):
    first, last = sorted((one, other))
    return f"birth_date:between:{first}..{last}", lambda r: bool(r.birth_date) and first <= r.birth_date <= last


def _born_ago(operator, count):
    def holds(relation):
        if not relation.birth_date:
            return False
        ago = (timezone.localdate() - relation.birth_date).days
        return {"older": ago > count, "younger": 0 <= ago < count, "within": 0 <= ago <= count}[operator]

    return f"birth_date:{operator}:{count}d", holds


def _owes(operator, amount):
    compare = {"above": lambda owed: owed > amount, "below": lambda owed: owed < amount}[operator]
    return f"open_amount:{operator}:{amount}", lambda r: compare(r.owed)


FIXED = [
    ("tags:any", lambda r: r.is_tagged),
    ("tags:none", lambda r: not r.is_tagged),
    ("open_amount:none", lambda r: r.owed == 0),
    ("activity:empty", lambda r: not r.is_visited and not r.is_billed),
    ("activity:older:1y", lambda r: r.is_visited and not r.is_billed),
    ("newsletter:yes", lambda r: r.newsletter),
    ("newsletter:no", lambda r: not r.newsletter),
]
CONDITION = st.one_of(
    _text("city"),
    _text("name"),
    st.builds(_kind, st.sampled_from(["is", "is-not"]), st.sampled_from(KINDS)),
    st.builds(_born, st.sampled_from(["on", "before", "after"]), st.sampled_from(DAYS)),
    st.builds(_born_between, st.sampled_from(DAYS), st.sampled_from(DAYS)),
    st.builds(_born_ago, st.sampled_from(["older", "younger", "within"]), st.integers(9000, 20000)),
    st.builds(_owes, st.sampled_from(["above", "below"]), st.sampled_from([0, 100, 121, 200])),
    st.sampled_from(FIXED),
)
GROUPS = st.lists(st.lists(CONDITION, min_size=1, max_size=3), min_size=1, max_size=4)


def written(groups, order):
    """Each group under a number of its own, in some order."""
    texts = [f"{n}:{text}" for n, group in enumerate(groups, start=1) for text, _holds in group]
    return [("c", texts[i % len(texts)]) for i in order] + [("c", text) for text in texts]


def expected(groups, is_any):
    inside, between = (all, any) if is_any else (any, all)
    return {r.pk for r in relations() if between(inside(holds(r) for _text, holds in group) for group in groups)}


def relations():
    found = list(Relation.objects.active().prefetch_related("relation_tags", "invoices", "messages"))
    for relation in found:
        relation.is_tagged = bool(relation.relation_tags.all())
        relation.owed = sum(i.open_amount for i in relation.invoices.all() if i.status == "sent")
        relation.is_visited = bool(relation.messages.all())
        relation.is_billed = any(invoice.issued_on for invoice in relation.invoices.all())  # this year
    return found


@pytest.mark.slow
class TestConditions(TestCase):
    def setUp(self):
        tag = factories.TagFactory()
        for n in range(8):
            relation = factories.RelationFactory(
                name=NAMES[n % 4],
                city=CITIES[n // 2],
                kind=KINDS[n % 3 % 2],
                birth_date=BORN[n % 3],
                newsletter=n % 2 == 0,
            )
            if n % 3 == 0:
                factories.RelationTagFactory(relation=relation, tag=tag)
            if n % 4 == 1:
                factories.InvoiceFactory(relation=relation)
            if n % 4 == 2:
                factories.MessageFactory(relation=relation, at=datetime(2020, 1, 1, tzinfo=UTC) - timedelta(days=n))
        factories.RelationFactory(archived=True)

    @settings(max_examples=150, deadline=None)
    @given(GROUPS, st.booleans(), st.lists(st.integers(0, 20), max_size=6))
    def test_are_read_as_written_and_let_through_what_they_say(self, groups, is_any, order):
        pairs = [*written(groups, order), *([("match", "any")] if is_any else [])]

        shown = RelationListing(QueryDict(urlencode(pairs)))
        again = RelationListing(QueryDict(shown.filter_query))

        assert shown.problems == again.problems == []
        assert again.filter_query == shown.filter_query
        assert {row.pk for row in shown.rows} == {row.pk for row in again.rows} == expected(groups, is_any)
