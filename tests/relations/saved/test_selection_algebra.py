"""Combining selections gives what combining Python sets gives (R59)."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from relations.models import Relation, Selection
from relations.saved import selections
from tests.factories import EmployeeFactory, RelationFactory, SelectionFactory, SelectionMemberFactory

HOW = {"union": set.union, "intersection": set.intersection, "difference": set.difference}
PLACES = st.sets(st.integers(0, 7))


class TestCombining(TestCase):
    @settings(max_examples=40, deadline=None)
    @given(PLACES, PLACES, st.sets(st.integers(0, 7)), st.sampled_from(sorted(HOW)))
    def test_is_set_algebra(self, first, second, archived, how):
        """Whoever is archived takes part, hidden; the two selections stay as they are."""
        employee = EmployeeFactory()
        keys = [RelationFactory(archived=place in archived).pk for place in range(8)]
        a, b = ({keys[place] for place in places} for places in (first, second))
        one, two = (
            selections.create(name=name, relations=Relation.objects.filter(pk__in=members), by=employee)
            for name, members in (("een", a), ("twee", b))
        )

        new = selections.combine(one, two, how=how, name="samen", by=employee)

        assert members(new) == HOW[how](a, b)
        assert new.added == len(HOW[how](a, b)) == selections.combined(one, two, how=how).count()
        assert (members(one), members(two)) == (a, b)


def members(selection):
    return set(selection.members.values_list("relation", flat=True))


@pytest.mark.django_db
class TestPage:
    @pytest.fixture
    def two(self, employee):
        first, second = SelectionFactory.create_batch(2, owner=employee)
        shared = RelationFactory()
        SelectionMemberFactory(selection=first)
        for selection in (first, second):
            SelectionMemberFactory(selection=selection, relation=shared)
        return first, second

    @pytest.mark.parametrize(("how", "count"), [("union", 2), ("intersection", 1), ("difference", 1)])
    def test_shows_the_count_before_anything_is_made(self, as_employee, two, how, count):
        url = f"/selecties/combinatie/?first={two[0].pk}&second={two[1].pk}&how={how}"

        preview = as_employee.get(url)

        assert preview.context["count"] == count
        assert Selection.objects.count() == 2
        as_employee.post(url, {"name": "Samen", "reach": "me"})
        assert Selection.objects.get(name="Samen").members.count() == count

    @pytest.mark.parametrize("query", ["first=999&second={b}&how=union", "first={a}&second={a}&how=union", "first={a}"])
    def test_refuses_what_it_does_not_understand(self, as_employee, two, query):
        url = f"/selecties/combinatie/?{query.format(a=two[0].pk, b=two[1].pk)}"

        answers = [as_employee.get(url), as_employee.post(url, {"name": "Samen", "reach": "me"})]

        assert [answer.status_code for answer in answers] == [400, 400]
        assert Selection.objects.count() == 2

    def test_offers_only_what_one_may_see(self, as_employee, two):
        hidden = SelectionFactory(name="Verborgen")

        page = as_employee.get("/selecties/combinatie/").content.decode()
        answer = as_employee.get(f"/selecties/combinatie/?first={two[0].pk}&second={hidden.pk}&how=union")

        assert not re.search("Verborgen", page)
        assert answer.status_code == 400
