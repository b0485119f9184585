"""Whatever is changed in whatever order: undone in reverse, everything is as it was (B1)."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from crm.jobs.models import ItemState
from relations.models import Relation, RelationTag
from tests.factories import EmployeeFactory, RelationFactory, TagFactory
from tests.jobs.jobs import undone
from tests.relations.bulk.sets import changed, put

CITIES = ["", "Utrecht", "Zeist"]
MOST_TAGS = 3
text = st.one_of(
    st.sampled_from([put(city, how) for city in CITIES[1:] for how in ("set", "fill", "append")]),
    st.builds(lambda old, new: put(new, "replace", old=old), st.sampled_from(CITIES), st.sampled_from(CITIES)),
    st.just({"how": "clear"}),
)
status = st.sampled_from(
    [
        {"status": put("client")},
        {"status": put("prospect", "replace", old="client")},
        {"status": put("former"), "former_since": put("2026-01-01")},
        {"status": put("former"), "former_since": put("2020-02-02", "fill")},
        {"former_since": put("2021-03-03")},
        {},
    ]
)
tags = st.lists(st.sampled_from(["add", "remove", "unchanged"]), min_size=MOST_TAGS, max_size=MOST_TAGS)
change = st.fixed_dictionaries(
    {"city": st.one_of(st.none(), text), "status": status, "tags": tags, "over": st.sets(st.integers(0, 3), min_size=1)}
)


@pytest.mark.slow
class TestUndoingInReverse(TestCase):
    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(change, min_size=1, max_size=4))
    def test_gives_back_the_start(self, edits):
        self.by, self.tags = EmployeeFactory(), TagFactory.create_batch(MOST_TAGS)
        self.relations = [
            RelationFactory(city=city, status=kind, former_since=since)
            for city, kind, since in [
                ("", "client", None),
                ("Utrecht", "prospect", None),
                ("Zeist", "former", "2019-09-09"),
                ("Utrecht", "client", None),
            ]
        ]
        RelationTag.objects.create(relation=self.relations[0], tag=self.tags[0])
        start = self.state()

        jobs = [changed(self.by, changes, over) for changes, over in map(self.chosen, edits) if changes]
        for job in reversed(jobs):
            if job.items.filter(state=ItemState.DONE).exists():
                assert undone(job, by=self.by).done == job.done

        assert self.state() == start

    def chosen(self, edit):
        changes = {**({"city": edit["city"]} if edit["city"] else {}), **edit["status"]}
        picked = {
            how: [t.pk for t, h in zip(self.tags, edit["tags"], strict=True) if h == how] for how in ("add", "remove")
        }
        changes |= {"tags": picked} if any(picked.values()) else {}
        return changes, Relation.objects.filter(pk__in=[self.relations[index].pk for index in edit["over"]])

    def state(self):
        rows = Relation.objects.order_by("pk").values_list("pk", "city", "status", "former_since")
        return list(rows), set(RelationTag.objects.values_list("relation", "tag"))
