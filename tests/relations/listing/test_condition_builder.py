"""Adding a condition: field, then operator and value; it works without JavaScript (R58)."""

from urllib.parse import parse_qsl, urlsplit

import pytest

from tests import factories

pytestmark = pytest.mark.django_db
URL = "/relaties/filter/"


def ask(client, query="", **answers):
    return client.get(URL, {"list": query, **answers})


def added(response):
    """What the list is asked after it."""
    assert response.status_code == 302, response.context["form"].errors
    assert urlsplit(response.url).path == "/relaties/"
    return parse_qsl(urlsplit(response.url).query)


class TestAsking:
    def test_begins_with_the_field(self, as_employee):
        page = ask(as_employee).content.decode()

        assert "Laatste activiteit" in page
        assert 'name="operator"' not in page

    @pytest.mark.parametrize(
        ("field", "inputs"),
        [
            ("city", {"operator", "value"}),
            ("status", {"operator", "value"}),
            ("birth_date", {"operator", "value"}),
            ("newsletter", {"operator"}),
            ("open_amount", {"operator", "value"}),
        ],
    )
    def test_goes_on_with_what_the_field_needs(self, as_employee, field, inputs):
        form = ask(as_employee, field=field).context["form"]

        assert set(form.fields) == {"field", "asked", *inputs}
        assert not form.errors

    def test_asks_what_another_operator_needs(self, as_employee):
        response = ask(as_employee, field="activity", operator="older", asked="on", value="2026-01-01")

        assert response.status_code == 200
        assert {"value", "unit"} <= set(response.context["form"].fields)

    def test_asks_two_days_for_a_period(self, as_employee):
        form = ask(as_employee, field="activity", operator="between").context["form"]

        assert {"value", "last"} <= set(form.fields)

    def test_starts_again_with_a_field_that_does_not_exist(self, as_employee):
        assert set(ask(as_employee, field="colour", asked="is").context["form"].fields) == {"field"}

    def test_answers_htmx_with_the_inputs_alone(self, as_employee):
        response = as_employee.get(
            URL,
            {"list": "", "field": "city", "asked": "is", "operator": "contains", "value": "Ha"},
            headers={"hx-request": "true"},
        )

        page = response.content.decode()
        assert response.status_code == 200
        assert "<html" not in page
        assert 'value="Ha"' in page

    def test_is_offered_by_the_list(self, as_employee):
        page = as_employee.get("/relaties/?c=city:is:Zeist&sort=-number").content.decode()

        assert 'id="add-condition" action="/relaties/filter/"' in page
        assert 'name="list" value="c=city%3Ais%3AZeist&amp;sort=-number"' in page

    def test_is_not_offered_by_other_lists(self, as_admin):
        assert "add-condition" not in as_admin.get("/facturen/").content.decode()


class TestAdding:
    @pytest.mark.parametrize(
        ("answers", "text"),
        [
            ({"field": "city", "operator": "contains", "value": " Den  Haag "}, "city:contains:Den Haag"),
            ({"field": "city", "operator": "empty"}, "city:empty"),
            ({"field": "status", "operator": "is-not", "value": "client"}, "status:is-not:client"),
            ({"field": "activity", "operator": "older", "value": "2", "unit": "y"}, "activity:older:2y"),
            ({"field": "created", "operator": "on", "value": "2026-01-31"}, "created:on:2026-01-31"),
            (
                {"field": "created", "operator": "between", "value": "2026-01-01", "last": "2026-01-31"},
                "created:between:2026-01-01..2026-01-31",
            ),
            ({"field": "open_amount", "operator": "above", "value": "1000,50"}, "open_amount:above:1000.5"),
            ({"field": "manager", "operator": "me"}, "manager:me"),
            ({"field": "contact", "operator": "none"}, "contact:none"),
        ],
    )
    def test_comes_back_to_the_list_with_the_condition(self, as_employee, answers, text):
        response = ask(as_employee, "status=client&sort=-number", asked=answers["operator"], **answers)

        assert added(response) == [("status", "client"), ("c", text), ("sort", "-number")]
        assert as_employee.get(response.url).status_code == 200

    def test_needs_no_inputs_for_an_operator_without_value(self, as_employee):
        assert added(ask(as_employee, field="city", operator="empty", asked="is", value="")) == [("c", "city:empty")]

    def test_is_an_alternative_in_a_group(self, as_employee):
        query = "c=city:is:Zeist&c=kind:is:person"

        response = ask(as_employee, query, group="0", field="city", operator="is", asked="is", value="Ede")

        assert added(response) == [("c", "1:city:is:Ede"), ("c", "1:city:is:Zeist"), ("c", "kind:is:person")]

    def test_says_what_it_is_an_alternative_to(self, as_employee):
        page = ask(as_employee, "c=city:is:Zeist", group="0").content.decode()

        assert "Is ook genoeg in plaats van: Plaats is “Zeist”" in page

    def test_has_a_link_at_every_chip(self, as_employee):
        listing = as_employee.get("/relaties/?c=city:is:Zeist&c=kind:is:person").context["listing"]

        pages = [as_employee.get(chip.add_url) for chip in listing.chips]

        assert [page.context["chip"].label for page in pages] == ["Plaats", "Soort"]

    def test_keeps_whether_one_is_enough(self, as_employee):
        response = ask(as_employee, "c=city:is:Zeist&match=any", field="city", operator="is", asked="is", value="Ede")

        assert added(response) == [("match", "any"), ("c", "city:is:Ede"), ("c", "city:is:Zeist")]


class TestRefusing:
    @pytest.mark.parametrize(
        "answers",
        [
            {"field": "city", "operator": "is", "value": ""},
            {"field": "city", "operator": "is", "value": "x" * 121},
            {"field": "city", "operator": "is", "value": "a\x00b"},
            {"field": "status", "operator": "is", "value": "gone"},
            {"field": "tags", "operator": "has", "value": "999"},
            {"field": "activity", "operator": "older", "value": "0", "unit": "y"},
            {"field": "activity", "operator": "older", "value": "2", "unit": "x"},
            {"field": "activity", "operator": "older", "value": "9999", "unit": "y"},
            {"field": "created", "operator": "on", "value": "2026-02-30"},
            {"field": "created", "operator": "on", "value": "0020-02-03"},
            {"field": "created", "operator": "between", "value": "2026-01-31", "last": "2026-01-01"},
            {"field": "open_amount", "operator": "above", "value": "-1"},
            {"field": "open_amount", "operator": "above", "value": "veel"},
        ],
    )
    def test_what_cannot_be_asked_shows_the_error(self, as_employee, answers):
        response = ask(as_employee, "status=client", asked=answers["operator"], **answers)

        assert response.status_code == 422
        assert response.context["form"].errors

    def test_more_conditions_than_a_filter_has(self, as_employee):
        query = "&".join(f"c=city:is-not:x{n}" for n in range(30))

        response = ask(as_employee, query, field="city", operator="empty", asked="empty")

        assert response.status_code == 422
        assert "hoogstens 30 voorwaarden" in response.content.decode()

    @pytest.mark.parametrize("group", ["1", "-1", "x", "²", "99999"])
    def test_a_group_that_is_not_there(self, as_employee, group):
        assert ask(as_employee, "c=city:is:Zeist", group=group).status_code == 400

    def test_does_not_lose_a_broken_condition(self, as_employee):
        """B3: it stays in the filter, and the list goes on refusing."""
        factories.RelationFactory(city="Ede")

        response = ask(as_employee, "c=tags:has:999", field="city", operator="is", asked="is", value="Ede")

        assert ("c", "tags:has:999") in added(response)
        assert as_employee.get(response.url).status_code == 400
