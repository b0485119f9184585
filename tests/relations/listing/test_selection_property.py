"""Whatever is ticked, paged, filtered and changed in between: what runs is what was shown as selected (B2)."""

from unittest.mock import patch
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from crm.core.lists import SessionSelection
from crm.jobs.freezing import target_ids
from crm.jobs.models import Job
from relations.listing.listing import RelationListing
from relations.listing.selecting import KEY
from relations.models import Relation
from tests.factories import EmployeeFactory, RelationFactory

CITIES = ("Utrecht", "Zeist")
FILTERS = ({}, {"city": "Utrecht"}, {"city": "Zeist"}, {"kind": "person"})
STEPS = st.one_of(
    st.tuples(st.just("look"), st.sampled_from(FILTERS), st.sampled_from(["name", "-number", "city"])),
    st.tuples(st.just("turn_to"), st.integers(1, 3)),
    st.tuples(st.just("tick"), st.sets(st.integers(0, 2))),
    st.tuples(st.just("tick_all")),
    st.tuples(st.just("tick_none")),
    st.tuples(st.just("archive")),
    st.tuples(st.just("bulk")),
    st.tuples(st.just("bulk_whole_filter")),
    st.tuples(st.just("colleague_adds"), st.sampled_from(CITIES)),
    st.tuples(st.just("colleague_moves"), st.integers(0, 6), st.sampled_from(CITIES)),
)


class Person:
    """Works in one tab and believes what it shows: `ticked`, over all its pages."""

    def __init__(self, client):
        self.client = client
        self.look({}, "name")

    def look(self, filters, sort, page=1):
        self.filters, self.sort, self.page = filters, sort, page
        self.shown = self._open(page)
        self.ticked = self._ticked_on_every_page()
        assert self.shown["selection"].count == len(self.ticked)

    def turn_to(self, page):
        before, self.page = self.ticked, min(page, self._pages())
        self.look(self.filters, self.sort, self.page)
        assert self.ticked == before & self._listed()

    def tick(self, positions):
        page = [row.pk for row in self.shown["listing"].rows]
        chosen = {page[index] for index in positions if index < len(page)}
        expected = (self.ticked - set(page)) | chosen
        self._post("selectie/", {"shown": page, "ticked": list(chosen)})
        self.look(self.filters, self.sort)
        assert self.ticked == expected & self._listed()

    def tick_all(self):
        self._post("selectie/", {"act": "all"})
        self.look(self.filters, self.sort)
        assert self.ticked == self._listed()

    def tick_none(self):
        self._post("selectie/", {"act": "none"})
        self.look(self.filters, self.sort)
        assert self.ticked == set()

    def archive(self):
        answer = self._post("selectie/archivering/", {"expected": self.shown["selection"].fingerprint})
        if answer.status_code == 302:
            assert set(target_ids(Job.objects.latest("pk"))) == self.ticked
        else:
            assert answer.status_code == 409
            assert not self.ticked or self.somebody_interfered
        self.look(self.filters, self.sort)

    def bulk(self):
        answer = self._post("selectie/bulkbewerking/", {"expected": self.shown["selection"].fingerprint})
        if answer.status_code == 302:
            self._confirm(self.ticked)
        else:
            assert answer.status_code == 409
            assert not self.ticked or self.somebody_interfered
        self.look(self.filters, self.sort)

    def bulk_whole_filter(self):
        """The list as it is counted on the page of the button, also when that is another than the one seen before."""
        listed = self._listed()
        page = self.client.get("/relaties/bulkbewerking/", self.filters)
        body = {"expected": page.context["expected"]}
        answer = self.client.post("/relaties/bulkbewerking/", body, query_params=self.filters)
        assert answer.status_code == (302 if listed else 409)
        if listed:
            self._confirm(listed)
        self.look(self.filters, self.sort)

    def _confirm(self, shown):
        """What ran is what was shown, though a colleague adds one to the list in between."""
        RelationFactory(city=CITIES[0])
        job = Job.objects.latest("pk")
        self.client.post(f"/bulkbewerking/{job.pk}/export/", {"format": "csv", "columns": ["number"]})
        assert set(job.items.filter(state="done").values_list("target", flat=True)) == shown

    def colleague_adds(self, city):
        RelationFactory(city=city)
        self._interfere()

    def colleague_moves(self, index, city):
        pks = Relation.objects.order_by("pk").values_list("pk", flat=True)
        Relation.objects.filter(pk=pks[index]).update(city=city)
        self._interfere()

    def _interfere(self):
        """The screen is old now; only archiving is tried from it, any other step looks again first."""
        self.somebody_interfered = True
        self.bulk()
        self.somebody_interfered = False

    somebody_interfered = False

    def _ticked_on_every_page(self):
        """As the view makes the pages; the first is really asked for, in `look`."""
        ticked, session = set(), self.client.session
        for page in range(1, self._pages() + 1):
            listing = RelationListing(QueryDict(urlencode({**self.filters, "page": page})))
            SessionSelection(session, KEY, listing).mark(listing.rows)
            ticked |= {row.pk for row in listing.rows if row.is_ticked}
        return ticked

    def _pages(self):
        return self.shown["listing"].page.paginator.num_pages

    def _listed(self):
        return set(Relation.objects.active().filter(**self.filters).values_list("pk", flat=True))

    def _open(self, page):
        answer = self.client.get("/relaties/", {**self.filters, "sort": self.sort, "page": page})
        assert answer.status_code == 200
        return answer.context

    def _post(self, path, body):
        return self.client.post(f"/relaties/{path}", body, query_params={**self.filters, "sort": self.sort})


@pytest.mark.slow
class TestSelection(TestCase):
    @settings(max_examples=30, deadline=None)
    @given(st.lists(STEPS, min_size=1, max_size=9))
    def test_is_exactly_what_was_shown(self, steps):
        for number in range(7):
            RelationFactory(city=CITIES[number % 2], kind="organisation" if number % 3 else "person")
        self.client.force_login(EmployeeFactory())

        with patch.object(RelationListing, "page_size", 3):
            person = Person(self.client)
            for name, *arguments in steps:
                getattr(person, name)(*arguments)
