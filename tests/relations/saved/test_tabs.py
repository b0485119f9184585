"""Saved filters as tabs, as what opens the list, and when they no longer work (R58, B3)."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from relations.models import FilterPin, ListPreference, SavedFilter
from tests.factories import EmployeeFactory, RelationFactory, RelationTagFactory, SavedFilterFactory, TagFactory

pytestmark = pytest.mark.django_db
LIST = "/relaties/"
TABS = "/relaties/tabbladen/"
FILTERS = "/relaties/filters/"


def words(response):
    return re.sub(r"\s+", " ", response.content.decode())


def pinned(employee, **fields):
    saved = SavedFilterFactory(owner=employee, **fields)
    FilterPin.objects.create(employee=employee, saved_filter=saved)
    return saved


def tabs(client, query=""):
    return {tab.title: tab for tab in client.get(TABS + query).context["tabs"]}


class TestTabs:
    def test_are_pinned_and_removed_by_each_for_oneself(self, as_employee, employee):
        saved = SavedFilterFactory(owner=EmployeeFactory(), for_office=True, name="Van kantoor")

        as_employee.post(f"{FILTERS}{saved.pk}/tabblad/", {"act": "on"})
        as_employee.post(f"{FILTERS}{saved.pk}/tabblad/", {"act": "on"})

        assert FilterPin.objects.get().employee == employee
        assert [tab.title for tab in as_employee.get(LIST).context["tabs"]] == ["Alle relaties", "Van kantoor"]
        as_employee.post(f"{FILTERS}{saved.pk}/tabblad/", {"act": "off"})
        assert [tab.title for tab in as_employee.get(LIST).context["tabs"]] == ["Alle relaties"]

    def test_refuse_an_act_they_do_not_know(self, as_employee, employee):
        saved = SavedFilterFactory(owner=employee)

        assert as_employee.post(f"{FILTERS}{saved.pk}/tabblad/", {"act": "x"}).status_code == 400

    def test_do_not_grow_without_end(self, as_employee, employee):
        for _ in range(8):
            pinned(employee)
        ninth = SavedFilterFactory(owner=employee)

        answer = as_employee.post(f"{FILTERS}{ninth.pk}/tabblad/", {"act": "on"})

        assert answer.status_code == 409
        assert FilterPin.objects.count() == 8

    def test_leave_room_when_a_filter_is_not_shared_any_more(self, as_employee, employee):
        """Such a tab is not shown, so nobody could remove it."""
        for _ in range(8):
            saved = SavedFilterFactory(for_office=True)
            FilterPin.objects.create(employee=employee, saved_filter=saved)
        SavedFilter.objects.filter(pk=saved.pk).update(for_office=False)
        ninth = SavedFilterFactory(owner=employee)

        answer = as_employee.post(f"{FILTERS}{ninth.pk}/tabblad/", {"act": "on"})

        assert answer.status_code == 302
        assert FilterPin.objects.filter(saved_filter=ninth).exists()

    def test_come_with_the_number_of_relations_now(self, as_employee, employee):
        pinned(employee, name="Uit Zeist", query="city=Zeist")
        pinned(employee, name="Uit Goes", query="city=Goes")
        RelationFactory.create_batch(2, city="Zeist")
        RelationFactory(city="Zeist", archived=True)

        counts = {title: tab.count for title, tab in tabs(as_employee).items()}

        assert counts == {"Alle relaties": 2, "Uit Zeist": 2, "Uit Goes": 0}

    def test_are_asked_for_their_counts_by_the_list_itself(self, as_employee):
        assert f'hx-get="{TABS}"' in words(as_employee.get(LIST))

    def test_say_which_one_is_open(self, as_employee, employee):
        saved = pinned(employee, name="Oud")

        opened = as_employee.get(saved.get_absolute_url()).context["tabs"]

        assert [tab.title for tab in opened if tab.is_current] == ["Oud"]
        assert [tab.title for tab in as_employee.get(LIST).context["tabs"] if tab.is_current] == ["Alle relaties"]
        assert [title for title, tab in tabs(as_employee, f"?saved={saved.pk}").items() if tab.is_current] == ["Oud"]

    def test_show_one_that_is_open_without_being_pinned(self, as_employee, employee):
        saved = SavedFilterFactory(owner=employee, name="Los")

        assert "Los" in tabs(as_employee, f"?saved={saved.pk}")
        assert "Los" not in tabs(as_employee)

    def test_disappear_when_the_filter_is_no_longer_shared(self, as_employee, employee):
        saved = SavedFilterFactory(for_office=True, name="Van kantoor")
        FilterPin.objects.create(employee=employee, saved_filter=saved)
        type(saved).objects.update(for_office=False)

        assert list(tabs(as_employee)) == ["Alle relaties"]

    def test_are_counted_in_as_many_queries_at_2_as_at_8(self, as_employee, employee):
        def queries(number):
            for _ in range(number):
                pinned(employee)
            with CaptureQueriesContext(connection) as captured:
                as_employee.get(TABS)
            return len(captured)

        queries(1)

        assert queries(1) == queries(6)

    def test_leave_the_list_as_many_queries_as_it_had(self, as_employee, employee):
        def queries(saved):
            as_employee.get(saved.get_absolute_url())
            with CaptureQueriesContext(connection) as captured:
                as_employee.get(saved.get_absolute_url())
            return len(captured)

        RelationFactory(city="Zeist")
        one = queries(pinned(employee, query="city=Zeist"))
        for _ in range(7):
            pinned(employee, query="city=Zeist")

        assert one == queries(SavedFilterFactory(owner=employee, query="city=Zeist", columns=["email"])) + 2 <= 13


class TestTheFilterThatOpensTheList:
    def test_is_what_relaties_shows_without_more(self, as_employee, employee):
        saved = SavedFilterFactory(owner=employee)
        as_employee.post("/relaties/standaardfilter/", {"saved": saved.pk})

        assert as_employee.get(LIST).url == saved.get_absolute_url()

    def test_leaves_the_tab_of_all_relations_open(self, as_employee, employee):
        ListPreference.objects.create(employee=employee, default_filter=SavedFilterFactory(owner=employee))

        everything = tabs(as_employee)["Alle relaties"]
        response = as_employee.get(everything.url)

        assert response.status_code == 200
        assert not response.context["listing"].is_filtered

    def test_never_comes_back_when_its_last_condition_is_taken_away(self, as_employee, employee):
        saved = SavedFilterFactory(owner=employee)
        ListPreference.objects.create(employee=employee, default_filter=saved)

        listing = as_employee.get(saved.get_absolute_url()).context["listing"]

        for url in (listing.chips[0].remove_url, listing.clear_url):
            assert as_employee.get(LIST + url).status_code == 200

    def test_is_put_off(self, as_employee, employee):
        ListPreference.objects.create(employee=employee, default_filter=SavedFilterFactory(owner=employee))

        as_employee.post("/relaties/standaardfilter/")

        assert as_employee.get(LIST).status_code == 200

    def test_that_is_no_longer_shared_is_told_and_not_skipped(self, as_employee, employee):
        """B3"""
        RelationFactory(name="Bakkerij Zichtbaar")
        ListPreference.objects.create(employee=employee, default_filter=SavedFilterFactory())

        response = as_employee.get(LIST, follow=True)

        assert response.status_code == 400
        assert "Bakkerij Zichtbaar" not in words(response)
        assert "Met alle relaties openen" in words(as_employee.get(FILTERS))

    def test_must_be_one_that_one_may_see(self, as_employee):
        hidden = SavedFilterFactory()

        assert as_employee.post("/relaties/standaardfilter/", {"saved": hidden.pk}).status_code == 404
        assert as_employee.post("/relaties/standaardfilter/", {"saved": "x"}).status_code == 404
        assert not ListPreference.objects.exists()


class TestABrokenFilter:
    @pytest.fixture
    def saved(self, employee):
        """It asks for a tag that somebody deletes afterwards."""
        tag = TagFactory(name="Zorg")
        RelationTagFactory(relation=RelationFactory(name="Bakkerij Zichtbaar"), tag=tag)
        saved = pinned(employee, name="Zorgklanten", query=f"status=client&tag={tag.pk}")
        tag.delete()
        return saved

    def test_never_widens_to_more_relations(self, as_employee, saved):
        """B3"""
        response = as_employee.get(saved.get_absolute_url())

        page = words(response)
        assert response.status_code == 400
        assert "heeft een waarde die niet (meer) bestaat" in page
        assert "Bakkerij Zichtbaar" not in page
        assert "data-tick" not in page
        assert "Herstellen of verwijderen" in page

    def test_is_marked_in_its_tab(self, as_employee, saved):
        tab = tabs(as_employee)["Zorgklanten"]

        assert "bestaat" in tab.problem
        assert tab.count is None
        assert "werkt niet meer" in words(as_employee.get(TABS))

    def test_is_marked_in_the_list_of_filters_with_what_is_wrong(self, as_employee, saved):
        page = words(as_employee.get(FILTERS))

        assert "werkt niet meer" in page
        assert "heeft een waarde die niet (meer) bestaat" in page
        assert f'href="{FILTERS}{saved.pk}/">Herstellen of verwijderen' in page

    def test_tells_others_whom_to_ask(self, client, saved):
        type(saved).objects.update(for_office=True)
        client.force_login(EmployeeFactory())

        assert f"Vraag {saved.owner} om het te herstellen." in words(client.get(FILTERS))

    def test_is_mended_by_taking_away_what_is_wrong_and_saving(self, as_employee, saved):
        page = words(as_employee.get(f"{FILTERS}{saved.pk}/"))
        assert f"{LIST}?status=client&amp;saved={saved.pk}" in page

        response = as_employee.get(f"{LIST}?status=client&saved={saved.pk}")
        assert "Wijzigingen opslaan" in words(response)

        as_employee.post(f"{FILTERS}{saved.pk}/vragen/?status=client&saved={saved.pk}", {"version": 1})
        assert tabs(as_employee)["Zorgklanten"].problem == ""

    @pytest.mark.parametrize("query", ["kleur=rood", "manager=999", "status=weg"])
    def test_is_any_that_the_list_does_not_understand(self, as_employee, employee, query):
        """B3"""
        saved = pinned(employee, name="Stuk", query=query)

        assert tabs(as_employee)["Stuk"].problem
        assert as_employee.get(saved.get_absolute_url()).status_code == 400
