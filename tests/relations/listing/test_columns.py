"""Which columns the relations list shows, and in which order, for each employee and each saved filter (R58)."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from relations.models import ListPreference
from tests.factories import (
    AppointmentFactory,
    ClientActivityFactory,
    EmployeeFactory,
    RelationFactory,
    SavedFilterFactory,
    TimesheetLineFactory,
)

pytestmark = pytest.mark.django_db
LIST = "/relaties/"
COLUMNS = "/relaties/kolommen/"
USUAL = ["Nummer", "Naam", "Soort", "Status", "Relatiebeheerder", "Kenmerken", "Plaats", "Onderhanden", "Openstaand"]


def heads(client, query=""):
    page = client.get(LIST + query).content.decode()
    return re.findall(r'<th scope="col"[^>]*>\s*(?:<a[^>]*>)?\s*([^<]+?)\s*<', page)


def places(**of):
    """A form in which every column has its place, and those in `of` are ticked at theirs."""
    keys = "kind status manager tags city onderhanden openstaand street postal_code email phone mobile website"
    keys += " legal_form kvk_number vat_number former_since last_activity last_change created_at"
    data = {f"place-{key}": place for place, key in enumerate(keys.split(), start=1)}
    return data | {f"place-{key}": place for key, place in of.items()} | {f"show-{key}": "on" for key in of}


@pytest.fixture(autouse=True)
def relation():
    return RelationFactory(number="10482", name="De Groot", email="info@groot.example", kvk_number="12345678")


class TestColumns:
    def test_are_the_usual_ones_until_somebody_chooses(self, as_employee):
        assert heads(as_employee) == USUAL

    def test_are_chosen_and_put_in_order(self, as_employee):
        answer = as_employee.post(f"{COLUMNS}?city=Utrecht&sort=name", places(email=2, kvk_number=1, openstaand=3))

        assert answer.url == f"{LIST}?city=Utrecht"
        assert heads(as_employee)[:4] == ["Nummer", "Naam", "KvK-nummer", "E-mailadres"]
        page = as_employee.get(LIST).content.decode()
        assert "info@groot.example" in page
        assert "12345678" in page
        assert "<td>Organisatie" not in page

    def test_always_begin_with_number_and_name(self, as_employee):
        as_employee.post(COLUMNS, places(city=1))

        page = as_employee.get(LIST).content.decode()

        assert heads(as_employee) == ["Nummer", "Naam", "Plaats"]
        assert re.findall(r'href="/relaties/\d+/">([^<]+)', page) == ["10482", "De Groot"]

    def test_are_everybodys_own(self, as_employee, client):
        as_employee.post(COLUMNS, places(city=1))
        client.force_login(EmployeeFactory())

        assert heads(client) == USUAL

    def test_go_back_to_the_usual_ones(self, as_employee, employee):
        as_employee.post(COLUMNS, places(city=1))

        as_employee.post(COLUMNS, {"act": "usual"})

        assert heads(as_employee) == USUAL

    def test_show_days_as_they_are_written_here(self, as_employee, relation):
        ClientActivityFactory(relation=relation, done_at=datetime(2026, 3, 31, 22, 30, tzinfo=UTC))
        type(relation).objects.update(status="former", former_since=date(2025, 12, 31))
        as_employee.post(COLUMNS, places(last_activity=1, former_since=2, last_change=3, created_at=4))

        page = as_employee.get(LIST).content.decode()

        assert "01-04-2026" in page
        assert "31-12-2025" in page

    def test_tell_of_the_last_activity_what_its_filter_goes_by(self, as_employee, relation):
        """R58: hours, invoices, notes and appointments count too, and what lies ahead does not."""
        ClientActivityFactory(relation=relation, done_at=datetime(2020, 1, 1, 12, tzinfo=UTC))
        TimesheetLineFactory(relation=relation, worked_on=date(2024, 5, 6))
        ahead = timezone.now() + timedelta(days=3)
        AppointmentFactory(relation=relation, starts_at=ahead, ends_at=ahead + timedelta(hours=1))
        RelationFactory(name="Zonder iets")
        as_employee.post(COLUMNS, places(last_activity=1))

        rows = as_employee.get(f"{LIST}?sort=name").context["listing"].rows
        found = as_employee.get(f"{LIST}?activity=within:30d").context["listing"].rows

        assert {row.name: row.cells[0].value for row in rows} == {relation.name: "06-05-2024", "Zonder iets": ""}
        assert list(found) == []

    def test_cost_as_many_queries_at_3_as_at_30(self, as_employee):
        as_employee.post(COLUMNS, places(**dict.fromkeys(("manager", "status", "tags", "last_activity", "phone"), 1)))

        def queries(number):
            RelationFactory.create_batch(number, manager=EmployeeFactory(), phone="0302345678")
            as_employee.get(LIST)
            with CaptureQueriesContext(connection) as captured:
                as_employee.get(LIST)
            return len(captured)

        assert queries(2) == queries(27) <= 13

    def test_do_not_decide_by_what_the_list_can_be_sorted(self, as_employee):
        """So that an address means the same for every colleague."""
        as_employee.post(COLUMNS, places(email=1))

        assert as_employee.get(f"{LIST}?sort=city").status_code == 200
        assert as_employee.get(f"{LIST}?sort=email").status_code == 400


class TestWhatIsRefused:
    @pytest.mark.parametrize(
        "wrong",
        [{"show-geheim": "on"}, {"place-email": "x"}, {"place-email": "0"}, {"place-email": ""}, {"for": "everybody"}],
    )
    def test_changes_nothing(self, as_employee, wrong):
        answer = as_employee.post(COLUMNS, places(email=1) | wrong)

        assert answer.status_code in (400, 422)
        assert not ListPreference.objects.exists()

    def test_is_choosing_nothing(self, as_employee):
        assert as_employee.post(COLUMNS, places()).status_code == 422

    def test_is_a_list_that_is_not_understood(self, as_employee):
        """B3"""
        assert as_employee.get(f"{COLUMNS}?tag=999").status_code == 400

    def test_never_is_a_column_that_went_away(self, as_employee, employee):
        ListPreference.objects.create(employee=employee, columns=["verdwenen", "city"])

        assert heads(as_employee) == ["Nummer", "Naam", "Plaats"]


class TestColumnsOfASavedFilter:
    def test_are_seen_by_whoever_opens_it_and_nowhere_else(self, as_employee, employee, client):
        saved = SavedFilterFactory(owner=employee, query="city=Utrecht", for_office=True)

        as_employee.post(f"{COLUMNS}?{saved.address}", places(email=1) | {"for": "filter"})

        client.force_login(EmployeeFactory())
        assert heads(client, f"?{saved.address}") == ["Nummer", "Naam", "E-mailadres"]
        assert heads(client) == USUAL

    def test_are_kept_with_a_new_one_when_asked(self, as_employee):
        as_employee.post(COLUMNS, places(email=1))

        answer = as_employee.post(
            "/relaties/filters/nieuw/?city=Utrecht", {"name": "Utrecht", "reach": "me", "with_columns": "on"}
        )

        as_employee.post(COLUMNS, {"act": "usual"})
        assert heads(as_employee, answer.url.removeprefix(LIST)) == ["Nummer", "Naam", "E-mailadres"]

    def test_of_somebody_else_stay_as_they_are(self, as_employee):
        saved = SavedFilterFactory(query="city=Utrecht", for_office=True, columns=["city"])

        answer = as_employee.post(f"{COLUMNS}?{saved.address}", places(email=1) | {"for": "filter"})

        saved.refresh_from_db()
        assert answer.status_code == 400
        assert saved.columns == ["city"]
