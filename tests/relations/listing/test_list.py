"""Relaties: what the list shows, and what it refuses (R17, B3)."""

import re

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from crm.core import panels
from relations.models import RelationStatus
from tests.factories import EmployeeFactory, RelationFactory, RelationTagFactory, TagFactory

pytestmark = pytest.mark.django_db
URL = "/relaties/"


def shown(response):
    return [relation.name for relation in response.context["listing"].rows]


@pytest.fixture
def viewer(client):
    """Somebody who may look and nothing else."""
    employee = EmployeeFactory()
    employee.groups.clear()
    employee.user_permissions.add(Permission.objects.get(codename="view_relation"))
    client.force_login(employee)
    return client


class TestAccess:
    def test_works_for_an_employee(self, as_employee):
        assert as_employee.get(reverse("relations:relation_list")).status_code == 200

    def test_sends_somebody_unknown_to_sign_in(self, client, db):
        response = client.get(URL)

        assert response.status_code == 302
        assert response.url.startswith(reverse("accounts:sign_in"))

    def test_refuses_without_the_right(self, client):
        employee = EmployeeFactory()
        employee.groups.clear()
        client.force_login(employee)

        assert client.get(URL).status_code == 403

    def test_answers_only_to_reading(self, as_employee):
        assert as_employee.post(URL).status_code == 405

    def test_is_in_the_navigation(self, as_employee):
        entries = [entry for _title, group in as_employee.get(URL).context["navigation"] for entry in group]

        assert [entry["url"] for entry in entries if entry["current"]] == [URL]

    def test_offers_an_employee_what_an_employee_may(self, as_employee):
        RelationFactory()

        page = as_employee.get(URL).content.decode()

        assert reverse("relations:import") in page
        assert reverse("relations:relation_new") in page
        assert "data-tick" in page

    def test_gives_a_viewer_no_buttons_and_no_ticks(self, viewer):
        RelationFactory()

        page = viewer.get(URL).content.decode()

        assert reverse("relations:import") not in page
        assert reverse("relations:relation_new") not in page
        assert "data-tick" not in page


class TestRows:
    def test_leave_out_archived_relations(self, as_employee):
        """R17"""
        RelationFactory(name="Blijft")
        RelationFactory(name="Weg", archived=True)

        response = as_employee.get(URL)

        assert shown(response) == ["Blijft"]
        assert response.context["listing"].count == 1

    @pytest.mark.parametrize("query", ["?q=weg", "?status=client", "?kind=organisation", "?city=Utrecht"])
    def test_leave_out_archived_relations_under_every_filter(self, as_employee, query):
        """R17"""
        RelationFactory(name="Weg", archived=True)

        assert shown(as_employee.get(URL + query)) == []

    def test_link_to_the_relation_by_number_and_by_name(self, as_employee):
        relation = RelationFactory(number="10482", name="De Groot & Zonen")

        page = as_employee.get(URL).content.decode()

        assert re.findall(rf'href="/relaties/{relation.pk}/">([^<]+)', page) == ["10482", "De Groot &amp; Zonen"]

    def test_show_what_an_office_wants_to_know(self, as_employee):
        manager = EmployeeFactory(name="Anna Bakker")
        relation = RelationFactory(manager=manager, city="Zeist", status=RelationStatus.PROSPECT)
        for name in ("Zorg", "Bouw"):
            RelationTagFactory(relation=relation, tag=TagFactory(name=name))

        page = as_employee.get(URL).content.decode()

        for text in ("Anna Bakker", "Zeist", "Prospect", "Organisatie", "Bouw, Zorg"):
            assert text in page

    def test_are_sorted_by_name_without_regard_to_capitals(self, as_employee):
        for name in ("Zeeman", "de Groot", "Dekker", "van Dam", "Éclair"):
            RelationFactory(name=name)

        assert shown(as_employee.get(URL))[:4] == ["de Groot", "Dekker", "van Dam", "Zeeman"]

    @pytest.mark.parametrize("sort", ["number", "name", "status", "city"])
    def test_are_sorted_by_any_head_that_offers_it(self, as_employee, sort):
        RelationFactory(number="1", name="a", status="client", city="A")
        RelationFactory(number="2", name="b", status="prospect", city="B")

        assert shown(as_employee.get(f"{URL}?sort={sort}")) == ["a", "b"]
        assert shown(as_employee.get(f"{URL}?sort=-{sort}")) == ["b", "a"]

    def test_say_by_what_they_are_sorted(self, as_employee):
        RelationFactory()

        page = as_employee.get(f"{URL}?sort=-city").content.decode()

        assert page.count("aria-sort") == 1
        assert 'aria-sort="descending"' in page

    def test_are_counted_and_paged(self, as_employee):
        RelationFactory.create_batch(53)

        second = as_employee.get(f"{URL}?page=2")

        assert len(shown(second)) == 3
        assert "51–53 van 53" in re.sub(r"\s+", " ", second.content.decode())

    def test_hold_the_columns_of_other_apps(self, as_employee, monkeypatch):
        relation = RelationFactory()
        asked = []

        def values(ids):
            asked.append(list(ids))
            return {relation.pk: "eigen waarde"}

        column = panels.Column("extra", "Extra kolom", values, str.upper, numeric=True)
        monkeypatch.setattr(panels, "columns", lambda: [column])

        page = as_employee.get(URL).content.decode()

        assert "Extra kolom" in page
        assert "EIGEN WAARDE" in page
        assert asked == [[relation.pk]]

    @pytest.mark.parametrize("query", ["", "?q=bakkerij&status=client&city=utrecht&sort=-number"])
    def test_cost_as_many_queries_at_3_as_at_30(self, as_employee, query):
        manager, tag = EmployeeFactory(), TagFactory()

        def queries(count):
            for _ in range(count):
                RelationTagFactory(relation=RelationFactory(manager=manager), tag=tag)
            as_employee.get(URL + query)
            with CaptureQueriesContext(connection) as captured:
                as_employee.get(URL + query)
            return len(captured)

        three, thirty = queries(3), queries(27)

        assert three == thirty <= 13  # one of them for the jobs in the head of every page


class TestFilters:
    @pytest.fixture
    def relations(self):
        anna, tag = EmployeeFactory(name="Anna"), TagFactory(name="Zorg")
        first = RelationFactory(
            name="Eerste", number="90001", manager=anna, city="Den Haag", kind="person", status="prospect"
        )
        RelationFactory(name="Tweede", number="90002", city="Zeist", email="info@tweede.example")
        RelationTagFactory(relation=first, tag=tag)
        return {"manager": anna.pk, "tag": tag.pk}

    @pytest.mark.parametrize(
        ("query", "names"),
        [
            ("status=prospect", ["Eerste"]),
            ("status=prospect&status=client", ["Eerste", "Tweede"]),
            ("status=former", []),
            ("kind=organisation", ["Tweede"]),
            ("manager={manager}", ["Eerste"]),
            ("manager=none", ["Tweede"]),
            ("tag={tag}", ["Eerste"]),
            ("city=den+haag", ["Eerste"]),
            ("city=DEN+HAAG", ["Eerste"]),
            ("city=Haag", []),
            ("q=eer", ["Eerste"]),
            ("q=9000", ["Eerste", "Tweede"]),
            ("q=info@tweede.ex", ["Tweede"]),
            ("q=e", ["Eerste"]),
            ("tag={tag}&kind=organisation", []),
            ("q=&status=&kind=&manager=&tag=&city=", ["Eerste", "Tweede"]),
        ],
    )
    def test_show_what_they_say(self, as_employee, relations, query, names):
        assert shown(as_employee.get(f"{URL}?{query.format(**relations)}")) == names

    def test_are_chips_that_can_be_taken_away_one_by_one(self, as_employee, relations):
        page = as_employee.get(f"{URL}?status=prospect&city=Den+Haag&sort=city&page=1").content.decode()

        assert 'href="?city=Den+Haag&amp;sort=city"' in page
        assert 'href="?status=prospect&amp;sort=city"' in page

    def test_survive_paging_and_sorting(self, as_employee):
        RelationFactory.create_batch(51)

        page = as_employee.get(f"{URL}?city=Utrecht").content.decode()

        assert "?city=Utrecht&amp;page=2" in page
        assert "?city=Utrecht&amp;sort=number" in page


class TestAnAddressThatIsNotUnderstood:
    @pytest.mark.parametrize("query", ["?kleur=rood", "?tag=999", "?manager=999", "?status=weg", "?sort=x", "?page=9"])
    def test_gives_an_empty_list_and_no_bulk_action(self, as_employee, query):
        """B3"""
        RelationFactory(name="Bakkerij Zichtbaar")

        response = as_employee.get(URL + query)
        page = response.content.decode()

        assert response.status_code == 400
        assert 'role="alert"' in page
        assert "Bakkerij Zichtbaar" not in page
        assert "data-tick" not in page
        assert reverse("relations:selection_archive") not in page

    def test_says_in_dutch_what_to_do(self, as_employee):
        page = as_employee.get(f"{URL}?tag=999").content.decode()

        assert "heeft een waarde die niet (meer) bestaat. Haal dit filter weg of kies een andere waarde." in page
        assert "Filter wissen" in page


class TestEmptyList:
    def test_offers_to_begin(self, as_employee):
        page = as_employee.get(URL).content.decode()

        assert "Nog geen relaties" in page
        assert page.count(reverse("relations:relation_new")) == 2

    def test_of_a_filter_offers_to_clear_it(self, as_employee):
        RelationFactory()

        page = as_employee.get(f"{URL}?q=bestaatniet").content.decode()

        assert "Geen enkele relatie voldoet aan het filter" in page
        assert "Filter wissen" in page

    def test_tells_a_viewer_whom_to_ask(self, viewer):
        assert "Vraag een beheerder" in viewer.get(URL).content.decode()
