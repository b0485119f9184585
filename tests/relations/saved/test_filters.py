"""Kept filters of the relations list: who sees them, who changes them, and what the list does with them (R58)."""

import re

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from relations.models import SavedFilter
from tests.factories import EmployeeFactory, RelationFactory, SavedFilterFactory

pytestmark = pytest.mark.django_db
LIST = "/relaties/"
FILTERS = "/relaties/filters/"


@pytest.fixture
def colleague():
    return EmployeeFactory(name="Anna Bakker")


@pytest.fixture
def payroll(employee):
    """A group of the employee who is signed in."""
    group = Group.objects.create(name="Salarisadministratie")
    employee.groups.add(group)
    return group


def words(response):
    return re.sub(r"\s+", " ", response.content.decode())


class TestKeeping:
    def test_keeps_the_filter_and_the_order_of_the_list(self, as_employee, employee):
        address = "city=Zeist&status=former&sort=-number"

        answer = as_employee.post(f"{FILTERS}nieuw/?{address}", {"name": "Oud", "reach": "me"})

        saved = SavedFilter.objects.get()
        assert (saved.owner, saved.name, saved.reach_in_words) == (employee, "Oud", "Alleen ik")
        assert saved.conditions == [("city", "Zeist"), ("status", "former")]
        assert saved.sort == "-number"
        assert answer.url == f"{LIST}?{address}&saved={saved.pk}"

    def test_opens_what_was_kept_with_the_conditions_as_chips(self, as_employee, employee):
        RelationFactory(name="Weg", city="Zeist")
        RelationFactory(name="Ander", city="Utrecht")
        saved = SavedFilterFactory(owner=employee, query="city=Zeist")

        response = as_employee.get(saved.get_absolute_url())

        assert [row.name for row in response.context["listing"].rows] == ["Weg"]
        assert [(chip.label, chip.value) for chip in response.context["listing"].chips] == [("Plaats", "Zeist")]
        assert "wijkt af" not in words(response)

    def test_shares_with_a_group_one_belongs_to(self, as_employee, payroll):
        as_employee.post(f"{FILTERS}nieuw/?status=former", {"name": "Oud", "reach": str(payroll.pk)})

        assert SavedFilter.objects.get().shared_with == payroll

    def test_refuses_a_group_one_does_not_belong_to(self, as_employee):
        strangers = Group.objects.create(name="Directie")

        answer = as_employee.post(f"{FILTERS}nieuw/?status=former", {"name": "Oud", "reach": str(strangers.pk)})

        assert answer.status_code == 422
        assert not SavedFilter.objects.exists()

    def test_lets_only_an_administrator_share_with_the_office_and_says_whom_to_ask(self, as_employee):
        answer = as_employee.post(f"{FILTERS}nieuw/?status=former", {"name": "Oud", "reach": "office"})

        assert answer.status_code == 422
        assert not SavedFilter.objects.exists()
        assert "vraag het een beheerder" in words(answer)

    def test_lets_an_administrator_share_with_the_office(self, as_admin):
        as_admin.post(f"{FILTERS}nieuw/?status=former", {"name": "Oud", "reach": "office"})

        assert SavedFilter.objects.get().for_office

    def test_refuses_a_name_one_has_already(self, as_employee, employee):
        SavedFilterFactory(owner=employee, name="Oud")

        answer = as_employee.post(f"{FILTERS}nieuw/?status=former", {"name": "Oud", "reach": "me"})

        assert answer.status_code == 422
        assert "U hebt er al een met deze naam" in words(answer)

    @pytest.mark.parametrize("query", ["?tag=999", "?kleur=rood", "?saved=999", "?sort=x", "?city=" + "x" * 81])
    def test_refuses_what_the_list_does_not_understand(self, as_employee, query):
        """B3"""
        answer = as_employee.post(f"{FILTERS}nieuw/{query}", {"name": "Oud", "reach": "me"})

        assert answer.status_code == 400
        assert not SavedFilter.objects.exists()

    def test_is_offered_above_a_filtered_list(self, as_employee):
        assert f'href="{FILTERS}nieuw/?status=former"' in words(as_employee.get(f"{LIST}?status=former"))
        assert f"{FILTERS}nieuw/" not in words(as_employee.get(LIST))


class TestSeeing:
    @pytest.mark.parametrize(("shared", "seen"), [("me", False), ("group", True), ("other", False), ("office", True)])
    def test_depends_on_with_whom_it_is_shared(self, employee, colleague, payroll, shared, seen):
        group = {"group": payroll, "other": Group.objects.create(name="Directie")}.get(shared)
        SavedFilterFactory(owner=colleague, shared_with=group, for_office=shared == "office")

        assert SavedFilter.objects.visible_to(employee).exists() is seen
        assert not SavedFilter.objects.editable_by(employee).exists()

    def test_ends_with_the_group_and_leaves_it_to_its_owner(self, employee, colleague, payroll):
        saved = SavedFilterFactory(owner=colleague, shared_with=payroll)

        payroll.delete()

        assert not SavedFilter.objects.visible_to(employee).exists()
        assert SavedFilter.objects.visible_to(colleague).get() == saved

    def test_of_an_administrator_stops_at_what_is_private(self, admin, colleague):
        group = Group.objects.create(name="Directie")
        shared = SavedFilterFactory(owner=colleague, shared_with=group)
        SavedFilterFactory(owner=colleague)

        assert list(SavedFilter.objects.visible_to(admin)) == [shared]
        assert list(SavedFilter.objects.editable_by(admin)) == [shared]

    def test_is_divided_over_mine_the_groups_and_the_office(self, as_employee, employee, colleague, payroll):
        SavedFilterFactory(owner=employee, name="Van mij")
        SavedFilterFactory(owner=colleague, name="Van de groep", shared_with=payroll)
        SavedFilterFactory(owner=colleague, name="Van kantoor", for_office=True)

        groups = as_employee.get(FILTERS).context["groups"]

        assert [[saved.name for saved in kept] for _title, kept in groups] == [
            ["Van mij"],
            ["Van de groep"],
            ["Van kantoor"],
        ]

    @pytest.mark.parametrize("part", ["", "verwijdering/"])
    def test_of_what_is_hidden_answers_as_if_it_did_not_exist(self, as_employee, colleague, part):
        hidden = SavedFilterFactory(owner=colleague)

        assert as_employee.get(f"{FILTERS}{hidden.pk}/{part}").status_code == 404
        assert as_employee.post(f"{FILTERS}{hidden.pk}/kopie/").status_code == 404
        assert as_employee.post(f"{FILTERS}{hidden.pk}/tabblad/", {"act": "on"}).status_code == 404

    def test_costs_as_many_queries_at_3_as_at_30(self, as_employee, employee):
        def queries(number):
            for _ in range(number):
                SavedFilterFactory(owner=employee)
            with CaptureQueriesContext(connection) as captured:
                as_employee.get(FILTERS)
            return len(captured)

        queries(1)

        assert queries(2) == queries(27)


class TestChanging:
    def test_renames_and_shares(self, as_employee, employee, payroll):
        saved = SavedFilterFactory(owner=employee)

        as_employee.post(f"{FILTERS}{saved.pk}/", {"name": "Nieuw", "reach": str(payroll.pk), "version": 1})

        saved.refresh_from_db()
        assert (saved.name, saved.shared_with, saved.version) == ("Nieuw", payroll, 2)

    def test_refuses_when_somebody_else_was_first(self, as_admin, colleague):
        saved = SavedFilterFactory(owner=colleague, for_office=True, name="Van ons")
        as_admin.post(f"{FILTERS}{saved.pk}/", {"name": "Eerst", "reach": "office", "version": 1})

        second = as_admin.post(f"{FILTERS}{saved.pk}/", {"name": "Later", "reach": "office", "version": 1})

        saved.refresh_from_db()
        assert second.status_code == 409
        assert saved.name == "Eerst"

    @pytest.mark.parametrize("act", ["", "vragen/", "verwijdering/"])
    def test_is_only_for_the_owner_and_says_whom_to_ask(self, as_employee, colleague, act):
        saved = SavedFilterFactory(owner=colleague, for_office=True)
        data = {"name": "Gekaapt", "reach": "me", "version": 1}

        answer = as_employee.post(f"{FILTERS}{saved.pk}/{act}?city=Zeist", data)

        saved.refresh_from_db()
        assert answer.status_code == 403
        assert (saved.name.startswith("Filter"), saved.query) == (True, "status=former")

    def test_by_an_administrator_leaves_the_group_that_it_has(self, as_admin, colleague):
        group = Group.objects.create(name="Directie")
        saved = SavedFilterFactory(owner=colleague, shared_with=group)

        as_admin.post(f"{FILTERS}{saved.pk}/", {"name": "Beter", "reach": str(group.pk), "version": 1})

        saved.refresh_from_db()
        assert (saved.name, saved.shared_with) == ("Beter", group)

    def test_duplicates_for_oneself_alone_under_a_free_name(self, as_employee, employee, colleague):
        SavedFilterFactory(owner=employee, name="Oud")
        saved = SavedFilterFactory(owner=colleague, name="Oud", for_office=True, sort="city", columns=["city"])

        as_employee.post(f"{FILTERS}{saved.pk}/kopie/")

        copy = SavedFilter.objects.get(name="Oud (2)")
        assert (copy.owner, copy.reach, copy.query, copy.sort, copy.columns) == (
            employee,
            "me",
            "status=former",
            "city",
            ["city"],
        )

    def test_removes_after_a_confirmation(self, as_employee, employee, colleague):
        saved = SavedFilterFactory(owner=employee, for_office=True)
        colleague.filter_pins.create(saved_filter=saved)

        asked = as_employee.get(f"{FILTERS}{saved.pk}/verwijdering/")

        assert "1 collega heeft het als tabblad." in words(asked)
        assert SavedFilter.objects.exists()
        as_employee.post(f"{FILTERS}{saved.pk}/verwijdering/")
        assert not SavedFilter.objects.exists()


class TestAChangedList:
    def test_offers_to_save_or_to_keep_as_new(self, as_employee, employee):
        saved = SavedFilterFactory(owner=employee, query="city=Zeist")

        page = words(as_employee.get(f"{LIST}?city=Zeist&status=client&saved={saved.pk}"))

        assert "wijkt af van het bewaarde filter" in page
        assert f"{FILTERS}{saved.pk}/vragen/?city=Zeist" in page.replace("status=client&amp;city=Zeist", "city=Zeist")
        assert f"{FILTERS}nieuw/" in page

    def test_saves_the_new_conditions_and_order(self, as_employee, employee):
        saved = SavedFilterFactory(owner=employee, query="city=Zeist")
        address = f"status=client&sort=city&saved={saved.pk}"

        answer = as_employee.post(f"{FILTERS}{saved.pk}/vragen/?{address}", {"version": 1})

        saved.refresh_from_db()
        assert (saved.conditions, saved.sort) == ([("status", "client")], "city")
        assert answer.url == f"{LIST}?{address}"

    def test_does_not_overwrite_what_somebody_else_saved_meanwhile(self, as_employee, employee):
        saved = SavedFilterFactory(owner=employee, query="city=Zeist", version=2)

        answer = as_employee.post(f"{FILTERS}{saved.pk}/vragen/?status=client&saved={saved.pk}", {"version": 1})

        saved.refresh_from_db()
        assert answer.status_code == 409
        assert saved.query == "city=Zeist"

    def test_of_somebody_else_can_only_be_kept_as_new(self, as_employee, colleague):
        saved = SavedFilterFactory(owner=colleague, for_office=True)

        page = words(as_employee.get(f"{LIST}?city=Zeist&saved={saved.pk}"))

        assert "Als nieuw bewaren" in page
        assert "Wijzigingen opslaan" not in page

    def test_keeps_its_saved_filter_in_every_address_but_those_of_all_relations(self, as_employee, employee):
        saved = SavedFilterFactory(owner=employee, query="city=Utrecht")
        RelationFactory.create_batch(51)

        page = words(as_employee.get(saved.get_absolute_url()))

        assert f"?city=Utrecht&amp;saved={saved.pk}&amp;page=2" in page or f"saved={saved.pk}&amp;page=2" in page
        assert f'name="saved" value="{saved.pk}"' in page
        assert 'href="?sort=name" aria-label' in page


class TestAnAddressWithASavedFilter:
    @pytest.mark.parametrize("kind", ["missing", "hidden", "letters", "zero", "padded", "huge", "twice", "empty"])
    def test_that_is_not_there_for_this_employee_shows_nothing(self, as_employee, employee, colleague, kind):
        """B3: the same answer whether it does not exist, is not shared, or is no number."""
        RelationFactory(name="Bakkerij Zichtbaar", status="client")
        own, hidden = SavedFilterFactory(owner=employee), SavedFilterFactory(owner=colleague)
        text = {
            "missing": "saved=999999",
            "hidden": f"saved={hidden.pk}",
            "letters": "saved=abc",
            "zero": "saved=0",
            "padded": f"saved=0{own.pk}",
            "huge": "saved=" + "9" * 30,
            "twice": f"saved={own.pk}&saved={own.pk}",
            "empty": "saved=",
        }[kind]

        response = as_employee.get(f"{LIST}?status=client&{text}")

        page = words(response)
        assert response.status_code == 400
        assert 'role="alert"' in page
        assert "Bakkerij Zichtbaar" not in page
        assert "data-tick" not in page
        if kind in ("missing", "hidden"):
            assert "Dit bewaarde filter bestaat niet (meer) of is niet met u gedeeld." in page

    def test_that_is_hidden_lets_nothing_be_ticked_or_archived(self, as_employee, colleague):
        """B3"""
        hidden = SavedFilterFactory(owner=colleague)

        for url in (reverse("relations:selection"), reverse("relations:selection_archive")):
            assert as_employee.post(f"{url}?status=client&saved={hidden.pk}", {"act": "all"}).status_code == 400

    def test_and_nothing_else_is_sent_to_its_conditions(self, as_employee, employee):
        saved = SavedFilterFactory(owner=employee, query="status=former")

        assert as_employee.get(f"{LIST}?saved={saved.pk}").url == saved.get_absolute_url()

    def test_without_its_conditions_never_acts_on_all_relations(self, as_employee, employee):
        """B3"""
        saved = SavedFilterFactory(owner=employee, query="status=former")
        RelationFactory()

        answer = as_employee.post(f"{reverse('relations:selection')}?saved={saved.pk}", {"act": "all"})

        assert answer.status_code == 400
