"""Selecties: fixed sets of relations, their page, and what goes in and out (R59)."""

import re

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from relations.models import Relation, Selection, SelectionMember
from relations.saved import selections
from tests.archiving import acting as acts
from tests.factories import (
    EmployeeFactory,
    RelationFactory,
    SavedFilterFactory,
    SelectionFactory,
    SelectionMemberFactory,
)

pytestmark = pytest.mark.django_db
SELECTIONS = "/selecties/"
KEEP = "/relaties/selectie/bewaren/"
NEW = {"into": "new", "name": "Klantenavond", "reach": "me"}


def words(response):
    return re.sub(r"\s+", " ", response.content.decode())


def names(selection):
    return sorted(selection.relations().values_list("name", flat=True))


def shown(response):
    return [relation.name for relation in response.context["listing"].rows]


@pytest.fixture
def kept(employee):
    """A, B and C."""
    selection = SelectionFactory(owner=employee, name="Klantenavond")
    for name in "ABC":
        SelectionMemberFactory(selection=selection, relation=RelationFactory(name=name))
    return selection


class TestKeepingFromTheList:
    def expected(self, client, query=""):
        return client.get(KEEP + query).context["form"]["expected"].value()

    def test_keeps_what_is_ticked(self, as_employee, employee):
        rows = RelationFactory.create_batch(3)
        ids = [row.pk for row in rows]
        as_employee.post("/relaties/selectie/", {"shown": ids, "ticked": ids[:2]})

        as_employee.post(KEEP, NEW | {"expected": self.expected(as_employee)})

        selection = Selection.objects.get(owner=employee, name="Klantenavond")
        assert set(selection.relations()) == set(rows[:2])

    def test_keeps_everything_in_the_filter_when_nothing_is_ticked(self, as_employee):
        RelationFactory(name="Wel", city="Zeist")
        RelationFactory(name="Niet", city="Goes")
        RelationFactory(name="Weg", city="Zeist", archived=True)

        as_employee.post(f"{KEEP}?city=Zeist", NEW | {"expected": self.expected(as_employee, "?city=Zeist")})

        assert names(Selection.objects.get()) == ["Wel"]

    def test_adds_to_a_selection_that_is_there(self, as_employee, kept):
        RelationFactory(name="D", city="Zeist")

        answer = as_employee.post(
            f"{KEEP}?city=Zeist",
            {"into": kept.pk, "reach": "me", "expected": self.expected(as_employee, "?city=Zeist")},
        )

        assert answer.url == f"{SELECTIONS}{kept.pk}/"
        assert names(kept) == ["A", "B", "C", "D"]

    def test_refuses_another_set_than_was_shown(self, as_employee):
        """B2"""
        RelationFactory(city="Zeist")
        expected = self.expected(as_employee, "?city=Zeist")
        RelationFactory(city="Zeist")

        answer = as_employee.post(f"{KEEP}?city=Zeist", NEW | {"expected": expected})

        assert answer.status_code == 409
        assert not Selection.objects.exists()

    def test_refuses_an_address_it_does_not_understand(self, as_employee):
        """B3"""
        assert as_employee.post(f"{KEEP}?tag=999", NEW).status_code == 400
        assert not Selection.objects.exists()

    @pytest.mark.parametrize("wrong", [{"name": ""}, {"into": "999"}, {"reach": "office"}])
    def test_asks_again_when_something_is_missing(self, as_employee, wrong):
        RelationFactory()

        answer = as_employee.post(KEEP, NEW | {"expected": self.expected(as_employee)} | wrong)

        assert answer.status_code == 422
        assert not Selection.objects.exists()


class TestPage:
    def test_lists_its_relations_with_filter_order_and_pages(self, as_employee, kept):
        RelationFactory(name="Ander")

        assert shown(as_employee.get(f"{SELECTIONS}{kept.pk}/?sort=-name")) == ["C", "B", "A"]
        assert shown(as_employee.get(f"{SELECTIONS}{kept.pk}/?q=B")) == ["B"]
        assert as_employee.get(f"{SELECTIONS}{kept.pk}/?page=2").status_code == 400

    def test_hides_archived_relations_and_says_so(self, as_employee, kept):
        """Membership stays, hidden"""
        for name in "XYZ":
            SelectionMemberFactory(selection=kept, relation=RelationFactory(name=name, archived=True))

        response = as_employee.get(f"{SELECTIONS}{kept.pk}/")

        assert shown(response) == ["A", "B", "C"]
        assert "3 gearchiveerde relaties zijn verborgen." in words(response)
        assert kept.members.count() == 6

    @pytest.mark.parametrize("query", ["?kleur=rood", "?tag=999", "?saved=1", "?sort=x"])
    def test_refuses_an_address_it_does_not_understand(self, as_employee, kept, query):
        """B3"""
        response = as_employee.get(f"{SELECTIONS}{kept.pk}/{query}")

        assert response.status_code == 400
        assert shown(response) == []
        assert "data-tick" not in words(response)

    def test_of_somebody_else_is_not_there(self, as_employee):
        hidden = SelectionFactory()

        for part in ("", "bewerken/", "verwijdering/", "toevoeging/"):
            assert as_employee.get(f"{SELECTIONS}{hidden.pk}/{part}").status_code == 404

    def test_of_somebody_who_shares_can_be_read_and_not_changed(self, as_employee, kept):
        Selection.objects.update(owner=EmployeeFactory(name="Anna"), for_office=True)

        page = words(as_employee.get(f"{SELECTIONS}{kept.pk}/"))
        answer = as_employee.post(f"{SELECTIONS}{kept.pk}/bewerken/", {"name": "X", "reach": "me", "version": 1})

        assert "data-tick" not in page
        assert answer.status_code == 403
        assert "vraag het een van hen" in words(answer)

    def test_costs_as_many_queries_at_3_as_at_30(self, as_employee, kept):
        def queries(number):
            for _ in range(number):
                SelectionMemberFactory(selection=kept)
            with CaptureQueriesContext(connection) as captured:
                as_employee.get(f"{SELECTIONS}{kept.pk}/")
            return len(captured)

        queries(1)

        assert queries(1) == queries(26)


class TestTicking:
    def tick(self, client, kept, *names, query=""):
        rows = {row.name: row.pk for row in kept.relations()}
        data = {"shown": list(rows.values()), "ticked": [rows[name] for name in names]}
        return client.post(f"{SELECTIONS}{kept.pk}/aanvinken/{query}", data)

    def remove(self, client, kept, query=""):
        selected = client.get(f"{SELECTIONS}{kept.pk}/{query}").context["selection"]
        return client.post(f"{SELECTIONS}{kept.pk}/uitname/{query}", {"expected": selected.fingerprint})

    def test_takes_out_exactly_what_is_ticked(self, as_employee, kept):
        self.tick(as_employee, kept, "A", "C")

        answer = self.remove(as_employee, kept)

        assert answer.url == f"{SELECTIONS}{kept.pk}/"
        assert names(kept) == ["B"]

    def test_survives_paging_and_sorting_but_no_other_filter(self, as_employee, kept):
        """B2"""
        self.tick(as_employee, kept, "A")

        assert as_employee.get(f"{SELECTIONS}{kept.pk}/?sort=-name").context["selection"].count == 1
        assert as_employee.get(f"{SELECTIONS}{kept.pk}/?q=B").context["selection"].count == 0

    def test_has_nothing_to_do_with_the_ticks_of_the_list_or_of_another_selection(self, as_employee, employee, kept):
        other = SelectionFactory(owner=employee)
        selections.add(other, kept.relations(), by=employee)
        self.tick(as_employee, kept, "A")

        assert as_employee.get("/relaties/").context["selection"].count == 0
        assert as_employee.get(f"{SELECTIONS}{other.pk}/").context["selection"].count == 0

    def test_refuses_another_set_than_was_shown(self, as_employee, kept):
        """B2"""
        self.tick(as_employee, kept, "A")

        answer = as_employee.post(f"{SELECTIONS}{kept.pk}/uitname/", {"expected": "2-abc"})

        assert answer.status_code == 409
        assert names(kept) == ["A", "B", "C"]

    def test_answers_htmx_with_the_bar(self, as_employee, kept):
        rows = [row.pk for row in kept.relations()]
        answer = as_employee.post(
            f"{SELECTIONS}{kept.pk}/aanvinken/", {"shown": rows, "ticked": rows}, headers={"HX-Request": "true"}
        )

        assert "3 relaties geselecteerd" in words(answer)
        assert "Uit de selectie halen" in words(answer)

    def test_of_a_relation_that_leaves_is_no_longer_counted(self, as_employee, employee, kept):
        self.tick(as_employee, kept, "A", "B")
        selections.remove(kept, Relation.objects.filter(name="A"), by=employee)

        assert as_employee.get(f"{SELECTIONS}{kept.pk}/").context["selection"].count == 1


class TestAddingAnotherSet:
    def add(self, client, kept, source):
        return client.post(f"{SELECTIONS}{kept.pk}/toevoeging/", {"source": source})

    def test_adds_who_is_in_a_filter_now(self, as_employee, employee, kept):
        saved = SavedFilterFactory(owner=employee, query="city=Zeist")
        RelationFactory(name="D", city="Zeist")

        self.add(as_employee, kept, f"filter-{saved.pk}")

        assert names(kept) == ["A", "B", "C", "D"]

    def test_adds_another_selection(self, as_employee, employee, kept):
        other = SelectionFactory(owner=employee)
        SelectionMemberFactory(selection=other, relation=RelationFactory(name="D"))

        self.add(as_employee, kept, f"selection-{other.pk}")

        assert names(kept) == ["A", "B", "C", "D"]

    def test_refuses_a_broken_filter(self, as_employee, employee, kept):
        """B3"""
        RelationFactory(name="D")
        saved = SavedFilterFactory(owner=employee, query="tag=999")

        assert self.add(as_employee, kept, f"filter-{saved.pk}").status_code == 400
        assert names(kept) == ["A", "B", "C"]

    def test_refuses_what_one_may_not_see(self, as_employee, kept):
        hidden = SavedFilterFactory(query="")

        for source in (f"filter-{hidden.pk}", f"selection-{SelectionFactory().pk}", f"selection-{kept.pk}", "x", ""):
            assert self.add(as_employee, kept, source).status_code == 422
        assert names(kept) == ["A", "B", "C"]


class TestOverview:
    def test_tells_mine_from_what_others_share(self, as_employee, employee, kept):
        group = Group.objects.create(name="Salaris")
        employee.groups.add(group)
        SelectionFactory(name="Van de groep", shared_with=group)
        SelectionFactory(name="Verborgen")
        SelectionMemberFactory(selection=kept, relation=RelationFactory(archived=True))

        groups = as_employee.get(SELECTIONS).context["groups"]

        assert [[(s.name, s.number) for s in found] for _title, found in groups] == [
            [("Klantenavond", 3)],
            [("Van de groep", 0)],
        ]

    @pytest.mark.parametrize("page", ["/selecties/", "/relaties/", "/relaties/filters/"])
    def test_is_in_the_menu_with_how_many_one_sees(self, as_employee, kept, page):
        SelectionFactory(name="Verborgen")

        entries = [entry for _title, found in as_employee.get(page).context["navigation"] for entry in found]

        assert [entry["count"] for entry in entries if entry["url"] == SELECTIONS] == [1]

    def test_makes_renames_shares_and_removes(self, as_admin, admin):
        as_admin.post(f"{SELECTIONS}nieuw/", {"name": "Nieuw", "reach": "me"})
        made = Selection.objects.get(owner=admin)
        as_admin.post(f"{SELECTIONS}{made.pk}/bewerken/", {"name": "Anders", "reach": "office", "version": 1})
        made.refresh_from_db()
        assert (made.name, made.for_office) == ("Anders", True)

        SelectionMemberFactory(selection=made)
        assert "1 relatie" in words(as_admin.get(f"{SELECTIONS}{made.pk}/verwijdering/"))
        as_admin.post(f"{SELECTIONS}{made.pk}/verwijdering/")

        assert not Selection.objects.exists()
        assert Relation.objects.count() == 1

    def test_costs_as_many_queries_at_3_as_at_30(self, as_employee, employee):
        def queries(number):
            SelectionFactory.create_batch(number, owner=employee)
            with CaptureQueriesContext(connection) as captured:
                as_employee.get(SELECTIONS)
            return len(captured)

        queries(1)

        assert queries(2) == queries(27)


class TestActions:
    def test_take_one_statement_for_the_members_whatever_the_number(self, employee):
        def queries(number):
            selection = SelectionFactory(owner=employee)
            RelationFactory.create_batch(number)
            with CaptureQueriesContext(connection) as captured:
                assert selections.add(selection, Relation.objects.all(), by=employee) == Relation.objects.count()
                assert selections.remove(selection, Relation.objects.all(), by=employee) == Relation.objects.count()
            return len(captured)

        queries(1)

        assert queries(2) == queries(27)

    def test_put_a_relation_in_once(self, employee, kept):
        assert selections.add(kept, Relation.objects.all(), by=employee) == 0
        assert selections.add(kept, Relation.objects.none(), by=employee) == 0
        assert SelectionMember.objects.count() == 3

    def test_change_only_what_one_may_change(self, kept):
        stranger = EmployeeFactory()

        for act in (selections.add, selections.remove):
            with pytest.raises(PermissionDenied):
                act(kept, Relation.objects.all(), by=stranger)

    def test_never_put_an_erased_relation_in(self, admin):
        """Membership goes"""
        relation = acts.archived(acts.with_invoice(), by=admin)
        kept = SelectionFactory(owner=admin)
        assert selections.add(kept, Relation.objects.filter(pk=relation.pk), by=admin) == 1

        acts.erase(relation, by=admin)

        assert not kept.members.exists()
        assert selections.add(kept, Relation.objects.filter(pk=relation.pk), by=admin) == 0

    def test_make_a_selection_that_says_how_many_went_in(self, employee, kept):
        new = selections.create(name="Kopie", relations=kept.relations(), by=employee)

        assert (new.added, names(new)) == (3, ["A", "B", "C"])
