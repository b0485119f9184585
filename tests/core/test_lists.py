"""Lists in general, tried on the relations list's own filter."""

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from crm.core.lists import Heading, Listing
from crm.core.lists.listing import ShallowPaginator
from relations.listing.filters import RelationFilter
from relations.models import Relation
from tests.factories import EmployeeFactory, RelationFactory, TagFactory

pytestmark = pytest.mark.django_db


class SmallListing(Listing):
    filterset_class = RelationFilter
    headings = (
        Heading("number", "Nummer", order_by=["number"]),
        Heading("city", "Plaats", order_by=["city"]),
        Heading("kind", "Soort"),
    )
    default_sort = "number"
    page_size = 3


def listing(query=""):
    return SmallListing(QueryDict(query), Relation.objects.active())


def numbers(found):
    return [relation.number for relation in found.rows]


class TestOrder:
    def test_is_the_usual_one_without_a_sort(self):
        for number in ("3", "1", "2"):
            RelationFactory(number=number)

        assert numbers(listing()) == ["1", "2", "3"]
        assert numbers(listing("sort=number")) == ["1", "2", "3"]
        assert numbers(listing("sort=-number")) == ["3", "2", "1"]

    def test_keeps_rows_with_the_same_value_apart_by_their_key(self):
        rows = [RelationFactory(city="Utrecht") for _ in range(7)]

        found = [row.pk for page in (1, 2, 3) for row in listing(f"sort=city&page={page}").rows]

        assert found == [row.pk for row in rows]

    def test_shows_its_direction_and_turns_it(self):
        heads = {shown.heading.key: shown for shown in listing("sort=-city&status=client").shown_headings}

        assert (heads["city"].direction, heads["city"].url) == ("descending", "?status=client&sort=city")
        assert (heads["number"].direction, heads["number"].url) == ("", "?status=client")
        assert heads["kind"].url == ""

    def test_turns_the_usual_sort_too(self):
        heads = {shown.heading.key: shown for shown in listing().shown_headings}

        assert (heads["number"].direction, heads["number"].url) == ("ascending", "?sort=-number")


class TestPages:
    def test_say_which_rows_they_show(self):
        for _ in range(7):
            RelationFactory()

        last = listing("page=3")

        assert (last.first, last.last, last.count) == (7, 7, 7)
        assert (last.previous_url, last.next_url) == ("?page=2", "")

    def test_too_deep_are_refused_with_advice(self, monkeypatch):
        monkeypatch.setattr(ShallowPaginator, "deepest_row", 6)
        for _ in range(8):
            RelationFactory()

        assert listing("page=2").is_cut_off
        assert listing("page=2").status == 200
        assert listing("page=3").status == 400
        assert "ligt te diep" in listing("page=3").problems[0]

    def test_of_an_empty_list_begin_and_end_with_the_first(self):
        assert listing("page=1").status == 200
        assert listing("page=2").status == 400


class TestAnAddressThatIsNotUnderstood:
    """B3: refused with one clear sentence, an empty list and status 400; never a wider list."""

    @pytest.mark.parametrize(
        "query",
        [
            "colour=red",
            "status=client&colour=",
            "Status=client",
            "sort=nonsense",
            "sort=kind",
            "sort=--number",
            "sort=",
            "sort=number&sort=city",
            "page=0",
            "page=-1",
            "page=1.5",
            "page=abc",
            "page=",
            "page=01",
            "page=٣",
            "page=2",
            "page=99999999999999999999999",
            "page=" + "9" * 6000,
            "page=1&page=1",
            "status=gone",
            "status=client&status=gone",
            "kind=company",
            "kind=person&kind=organisation",
            "manager=999999",
            "manager=999999999999999999999999",
            "manager=-1",
            "manager=abc",
            "manager=%00",
            "tag=999999",
            "tag=1%20OR%201=1",
            "q=a%00b",
            "q=" + "x" * 201,
            "q=a&q=b",
            "city=%00",
            "city=" + "x" * 81,
        ],
    )
    def test_gives_nothing(self, query):
        RelationFactory()

        found = listing(query)

        assert found.status == 400
        assert len(found.problems) >= 1
        assert found.rows == []
        assert found.count == 0
        assert not found.filtered.exists()

    def test_shows_the_dead_value_as_a_chip_that_can_go(self):
        RelationFactory()

        found = listing("status=client&tag=999999&sort=-number")

        assert [(chip.is_dead, chip.remove_url) for chip in found.chips] == [
            (False, "?tag=999999&sort=-number"),
            (True, "?status=client&sort=-number"),
        ]

    def test_is_what_a_filter_becomes_when_its_tag_is_gone(self):
        tag = TagFactory()
        RelationFactory()
        query = f"tag={tag.pk}"
        assert listing(query).status == 200

        tag.delete()

        assert listing(query).status == 400


class TestFilter:
    def test_is_the_same_however_it_was_typed(self):
        query = listing("status=client&status=former&q=bakker&city=Utrecht").filter_query

        assert listing("city=%20Utrecht%20&status=former&status=client&q=bakker+&kind=&page=1").filter_query == query

    def test_leaves_out_order_and_page(self):
        assert listing("sort=-number&page=1&kind=person").filter_query == "kind=person"
        assert listing("sort=-number&page=1&kind=person").query == "kind=person&sort=-number"

    def test_names_what_was_chosen(self):
        manager = EmployeeFactory(name="Anna Bakker")

        chips = listing(f"status=former&status=client&manager={manager.pk}&q=x").chips

        assert [(chip.label, chip.value) for chip in chips] == [
            ("Status", "Klant of Voormalig"),
            ("Relatiebeheerder", "Anna Bakker"),
        ]

    def test_costs_as_many_queries_however_much_is_filtered(self):
        manager, tag = EmployeeFactory(), TagFactory()
        TagFactory.create_batch(5)

        def queries(query):
            with CaptureQueriesContext(connection) as captured:
                shown = listing(query)
                assert shown.chips is not None
                assert str(shown.form)
                assert shown.count == 0
            return len(captured)

        assert queries("") == queries(f"manager={manager.pk}&tag={tag.pk}&status=client&q=x") == 3
