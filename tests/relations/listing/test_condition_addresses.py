"""Conditions in an address: read to the letter (B3), the same in whatever order, and shown as chips (R58)."""

from urllib.parse import parse_qsl, urlencode

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from relations.listing.listing import RelationListing
from tests import factories

pytestmark = pytest.mark.django_db
URL = "/relaties/"


def listing(query, by=None):
    return RelationListing(QueryDict(query), by=by)


def asked(*texts, **others):
    return listing(urlencode([*(("c", text) for text in texts), *others.items()]))


def chips(shown):
    return [(chip.label, chip.value) for chip in shown.chips]


class TestAConditionThatIsNotUnderstood:
    """B3: a sentence that names it, no rows, status 400, nothing to select; never dropped, never widened."""

    @pytest.mark.parametrize(
        ("text", "sentence"),
        [
            ("nonsense", "De voorwaarde “nonsense” bestaat niet."),
            ("colour:is:red", "De voorwaarde “colour:is:red” bestaat niet."),
            ("city", "De voorwaarde “city” bestaat niet."),
            ("city:sounds-like:Utrecht", "De voorwaarde “city:sounds-like:Utrecht” bestaat niet."),
            ("city:is", "De voorwaarde “city:is” bestaat niet."),
            ("city:is:", "De voorwaarde “city:is:” bestaat niet."),
            ("city:empty:yes", "De voorwaarde “city:empty:yes” bestaat niet."),
            ("City:is:Utrecht", "De voorwaarde “City:is:Utrecht” bestaat niet."),
            ("0:city:is:Utrecht", "De voorwaarde “0:city:is:Utrecht” bestaat niet."),
            ("100:city:is:Utrecht", "De voorwaarde “100:city:is:Utrecht” bestaat niet."),
            ("1:1:city:is:Utrecht", "De voorwaarde “1:1:city:is:Utrecht” bestaat niet."),
            ("-1:city:is:Utrecht", "De voorwaarde “-1:city:is:Utrecht” bestaat niet."),
            ("١:city:is:Utrecht", "De voorwaarde “١:city:is:Utrecht” bestaat niet."),
            ("city:is:a\x00b", "“Plaats is …” heeft een waarde die daar niet kan."),
            ("city:is:\u202e", "“Plaats is …” heeft een waarde die daar niet kan."),
            ("city:is:" + "x" * 121, "“Plaats is …” heeft een waarde die daar niet kan."),
            ("city:is:" + "x" * 400, "bestaat niet."),
            ("phone:is:abc", "“Telefoonnummer is …” heeft een waarde die daar niet kan."),
            ("status:is:gone", "“Status is …” heeft een waarde die niet (meer) bestaat."),
            ("kind:is-not:", "bestaat niet."),
            ("kind:is-not:company", "“Soort is niet …” heeft een waarde die niet (meer) bestaat."),
            ("tags:has:999999", "“Kenmerken heeft …” heeft een waarde die niet (meer) bestaat."),
            ("tags:has:99999999999999999999999", "“Kenmerken heeft …” heeft een waarde die niet (meer) bestaat."),
            ("tags:has:1 OR 1=1", "“Kenmerken heeft …” heeft een waarde die niet (meer) bestaat."),
            ("tags:has:zorg", "“Kenmerken heeft …” heeft een waarde die niet (meer) bestaat."),
            ("manager:is:999999", "“Relatiebeheerder is …” heeft een waarde die niet (meer) bestaat."),
            ("manager:is:none", "“Relatiebeheerder is …” heeft een waarde die niet (meer) bestaat."),
            ("manager:me", "“Relatiebeheerder ben ik zelf” werkt alleen voor wie is aangemeld."),
            ("portal:has:ebay", "“Portalkoppeling heeft …” heeft een waarde die niet (meer) bestaat."),
            ("birth_date:on:2026-02-30", "“Geboortedatum op …” heeft een waarde die daar niet kan."),
            ("birth_date:on:30-01-2026", "“Geboortedatum op …” heeft een waarde die daar niet kan."),
            ("birth_date:on:20260130", "“Geboortedatum op …” heeft een waarde die daar niet kan."),
            ("birth_date:on:0001-01-01", "“Geboortedatum op …” heeft een waarde die daar niet kan."),
            ("birth_date:before:9999-12-31", "“Geboortedatum vóór …” heeft een waarde die daar niet kan."),
            ("created:between:2026-01-01", "“Aangemaakt tussen …” heeft een waarde die daar niet kan."),
            ("created:between:2026-01-02..2026-01-01", "“Aangemaakt tussen …” heeft een waarde die daar niet kan."),
            ("activity:older:2", "“Laatste activiteit langer dan … geleden” heeft een waarde die daar niet kan."),
            ("activity:older:0y", "heeft een waarde die daar niet kan."),
            ("activity:older:-2y", "heeft een waarde die daar niet kan."),
            ("activity:older:2j", "heeft een waarde die daar niet kan."),
            ("activity:older:99999y", "heeft een waarde die daar niet kan."),
            ("activity:older:99999m", "heeft een waarde die daar niet kan."),
            ("activity:older:99999w", "heeft een waarde die daar niet kan."),
            ("activity:older:٢y", "heeft een waarde die daar niet kan."),
            ("open_amount:above:-1", "“Openstaand is meer dan …” heeft een waarde die daar niet kan."),
            ("open_amount:above:1,50", "heeft een waarde die daar niet kan."),
            ("open_amount:above:1.505", "heeft een waarde die daar niet kan."),
            ("open_amount:above:NaN", "heeft een waarde die daar niet kan."),
            ("open_amount:above:1e9", "heeft een waarde die daar niet kan."),
            ("open_amount:below:9999999999", "heeft een waarde die daar niet kan."),
        ],
    )
    def test_gives_nothing_and_says_so(self, text, sentence):
        factories.RelationFactory()

        shown = asked(text, "status:is:client")

        assert shown.status == 400
        assert [problem for problem in shown.problems if sentence in problem]
        assert shown.rows == []
        assert shown.count == 0
        assert not shown.filtered.exists()
        assert [chip.is_dead for chip in shown.chips].count(True) == 1

    @pytest.mark.parametrize(
        "query",
        [
            "match=all&c=kind:is:person",
            "match=1",
            "match=any&match=any&c=kind:is:person",
            "match=ANY",
            "C=kind:is:person",
        ],
    )
    def test_gives_nothing_when_the_joining_is_not_understood(self, query):
        factories.RelationFactory(kind="person")

        shown = listing(query)

        assert shown.status == 400
        assert shown.rows == []

    def test_gives_nothing_within_a_group_that_would_hold_without_it(self):
        factories.RelationFactory(city="Zeist")

        shown = asked("1:city:is:Zeist", "1:tags:has:999")

        assert shown.status == 400
        assert shown.rows == []

    def test_is_what_a_filter_becomes_when_its_tag_or_employee_is_gone(self):
        tag, employee = factories.TagFactory(), factories.EmployeeFactory()
        factories.RelationFactory()
        texts = [f"tags:has-not:{tag.pk}", f"manager:is-not:{employee.pk}"]
        assert len(asked(*texts).rows) == 1

        tag.delete()
        employee.delete()

        assert len(asked(*texts).problems) == 2
        assert asked(*texts).rows == []

    def test_offers_no_selection(self, as_employee):
        factories.RelationFactory(name="Wordt niet getoond")

        answer = as_employee.get(URL, {"c": "tags:has:999"})

        assert answer.status_code == 400
        assert answer.context["selection"] is None
        assert "Wordt niet getoond" not in answer.content.decode()

    def test_is_refused_by_the_selection_too(self, as_employee):
        relation = factories.RelationFactory()

        answer = as_employee.post(f"{URL}selectie/?c=tags:has:999", {"shown": relation.pk, "ticked": relation.pk})

        assert answer.status_code == 400

    def test_shows_what_it_was(self):
        assert chips(asked("tags:has:999", "nonsense")) == [
            ("Onbekende voorwaarde", "nonsense"),
            ("Kenmerken", "heeft “999”"),
        ]

    def test_can_be_taken_away(self):
        shown = asked("tags:has:999", "kind:is:person", sort="-number")

        assert [chip.remove_url for chip in shown.chips if chip.is_dead] == ["?c=kind%3Ais%3Aperson&sort=-number"]

    def test_is_one_of_too_many(self):
        assert asked(*(f"city:is-not:x{n}" for n in range(30))).status == 200

        shown = asked(*(f"city:is-not:x{n}" for n in range(31)))

        assert "hoogstens 30 voorwaarden" in shown.problems[0]
        assert shown.rows == []

    def test_cannot_be_asked_of_a_list_without_conditions(self, as_admin):
        assert as_admin.get("/facturen/", {"c": "city:is:Utrecht"}).status_code == 400


class TestGroups:
    @pytest.fixture(autouse=True)
    def relations(self):
        factories.RelationFactory(name="Zeist persoon", city="Zeist", kind="person")
        factories.RelationFactory(name="Zeist", city="Zeist")
        factories.RelationFactory(name="Assen persoon", city="Assen", kind="person")
        factories.RelationFactory(name="Assen", city="Assen")
        factories.RelationFactory(name="Ede", city="Ede")

    def names(self, *texts, **others):
        shown = asked(*texts, **others)
        assert shown.problems == []
        return {relation.name for relation in shown.rows}

    def test_must_all_hold(self):
        assert self.names("city:is:Zeist", "kind:is:person") == {"Zeist persoon"}
        assert self.names("city:is:Zeist", "city:is:Assen") == set()

    def test_hold_by_one_of_their_conditions(self):
        assert self.names("1:city:is:Zeist", "1:city:is:Assen", "kind:is:person") == {"Zeist persoon", "Assen persoon"}
        assert self.names("7:city:is:Zeist", "7:kind:is:person") == {"Zeist persoon", "Zeist", "Assen persoon"}

    def test_are_one_enough_when_that_is_asked_and_hold_as_a_whole(self):
        assert self.names("city:is:Zeist", "city:is:Ede", match="any") == {"Zeist persoon", "Zeist", "Ede"}
        assert self.names("1:city:is:Zeist", "1:kind:is:person", "city:is:Ede", match="any") == {"Zeist persoon", "Ede"}

    def test_narrow_what_the_plain_filters_let_through(self):
        assert self.names("city:is:Zeist", "city:is:Ede", match="any", kind="person") == {"Zeist persoon"}


class TestTheAddress:
    def test_is_the_same_in_whatever_order(self):
        one = asked("9:tags:none", "city:is:Zeist", "9:kind:is:person", status="client")
        other = asked("city:is: Zeist ", "2:kind:is:person", "2:tags:none", "2:tags:none", status="client")

        assert one.filter_query == other.filter_query
        assert parse_qsl(one.filter_query) == [
            ("status", "client"),
            ("c", "city:is:Zeist"),
            ("c", "1:kind:is:person"),
            ("c", "1:tags:none"),
        ]

    def test_is_kept_by_paging_sorting_and_other_chips(self, as_employee):
        factories.RelationFactory.create_batch(51)

        page = as_employee.get(f"{URL}?status=client&c=city:is:Utrecht").content.decode()

        assert "?status=client&amp;c=city%3Ais%3AUtrecht&amp;page=2" in page
        assert "?status=client&amp;c=city%3Ais%3AUtrecht&amp;sort=number" in page
        assert 'href="?c=city%3Ais%3AUtrecht"' in page
        assert '<input type="hidden" name="c" value="city:is:Utrecht">' in page

    def test_is_emptied_by_clearing(self):
        assert asked("city:is:Utrecht", match="any", sort="-number").clear_url == "?sort=-number"

    def test_says_nothing_of_joining_when_nothing_is_joined(self):
        assert listing("match=any").filter_query == ""
        assert not listing("match=any").is_filtered

    def test_binds_the_selection_to_the_conditions(self, as_employee):
        relation = factories.RelationFactory(city="Zeist")
        as_employee.post(f"{URL}selectie/?c=city:is:Zeist", {"shown": relation.pk, "ticked": relation.pk})

        assert as_employee.get(f"{URL}?c=city:is:Zeist").context["selection"].count == 1
        assert as_employee.get(f"{URL}?c=city:begins:Zeist").context["selection"].count == 0


class TestChips:
    @pytest.mark.parametrize(
        ("text", "label", "value"),
        [
            ("activity:older:2y", "Laatste activiteit", "langer dan 2 jaar geleden"),
            ("activity:younger:3m", "Laatste activiteit", "minder dan 3 maanden geleden"),
            ("activity:within:30d", "Laatste activiteit", "in de afgelopen 30 dagen"),
            ("activity:before:2025-01-01", "Laatste activiteit", "vóór 01-01-2025"),
            ("created:between:2025-01-01..2025-02-01", "Aangemaakt", "tussen 01-01-2025 en 01-02-2025"),
            ("city:contains:Haag", "Plaats", "bevat “Haag”"),
            ("email:empty", "E-mailadres", "is leeg"),
            ("status:is-not:former", "Status", "is niet Voormalig"),
            ("manager:nobody", "Relatiebeheerder", "is niemand"),
            ("open_amount:above:1240.5", "Openstaand", "is meer dan € 1.240,50"),
            ("contact:none", "Contactpersoon", "heeft er geen"),
            ("portal:has:pinkweb", "Portalkoppeling", "heeft Pinkweb"),
            ("newsletter:yes", "Ontvangt de nieuwsbrief", "ja"),
        ],
    )
    def test_say_it_as_people_do(self, text, label, value):
        assert chips(asked(text)) == [(label, value)]

    def test_name_tags_and_employees(self):
        tag, manager = factories.TagFactory(name="Zorg"), factories.EmployeeFactory(name="Anna Bakker")

        assert chips(asked(f"tags:has:{tag.pk}", f"manager:is:{manager.pk}")) == [
            ("Relatiebeheerder", "is Anna Bakker"),
            ("Kenmerken", "heeft Zorg"),
        ]

    def test_of_a_group_are_one_that_can_be_taken_apart(self):
        [chip] = asked("1:city:is:Ede", "1:city:is:Zeist", "1:kind:is:person").chips

        assert (chip.label, chip.value) == ("Plaats", "is “Ede” of is “Zeist” of Soort is Persoon")
        assert chip.remove_url == "?sort=name"
        assert [part.remove_url for part in chip.parts] == [
            "?" + urlencode([("c", "1:city:is:Zeist"), ("c", "1:kind:is:person")]),
            "?" + urlencode([("c", "1:city:is:Ede"), ("c", "1:kind:is:person")]),
            "?" + urlencode([("c", "1:city:is:Ede"), ("c", "1:city:is:Zeist")]),
        ]

    def test_are_joined_by_or_when_one_is_enough(self):
        shown = asked("city:is:Ede", "kind:is:person", match="any")

        assert [chip.joiner for chip in shown.chips] == ["", "of"]
        assert shown.filter_text == "Plaats: is “Ede” of Soort: is Persoon"

    @pytest.mark.parametrize("text", ["name:contains:Jansen", "email:is:p@jansen.example", "birth_date:on:1980-02-01"])
    def test_know_what_may_name_somebody(self, text):
        shown = asked(text, "1:city:is:Ede", "1:email:empty")

        assert sorted(chip.is_typed for chip in shown.chips) == [False, True]
        assert "ansen" not in shown.filter_text
        assert "1980" not in shown.filter_text

    def test_know_that_nobody_can_tell_what_a_broken_one_names(self):
        assert [chip.is_typed for chip in asked("naam:is:Jansen").chips] == [True]


class TestCost:
    def test_is_nothing_for_telling_whether_a_kept_address_is_sound(self):
        with CaptureQueriesContext(connection) as queries:
            assert asked("city:contains:a", "activity:older:2y", "open_amount:above:0").problems == []
        assert len(queries) == 0

    def test_is_one_query_a_kind_of_reference(self):
        tags, managers = factories.TagFactory.create_batch(4), factories.EmployeeFactory.create_batch(4)
        texts = [f"tags:has:{tag.pk}" for tag in tags] + [f"manager:is-not:{m.pk}" for m in managers]

        with CaptureQueriesContext(connection) as queries:
            shown = asked(*texts)
            assert shown.problems == []
            assert len(shown.chips) == 8
        assert len(queries) == 2

    def test_is_that_of_the_list_without_conditions_at_3_as_at_30(self, as_employee, employee):
        tag = factories.TagFactory()
        query = f"c=tags:has:{tag.pk}&c=activity:filled&c=open_amount:none&c=1:manager:me&c=1:manager:is:{employee.pk}"

        def queries(query, count=0):
            for _ in range(count):
                relation = factories.RelationFactory(manager=employee)
                factories.RelationTagFactory(relation=relation, tag=tag)
                factories.MessageFactory(relation=relation)
            with CaptureQueriesContext(connection) as captured:
                assert as_employee.get(f"{URL}?{query}").status_code == 200
            return len(captured)

        queries(query, 1)

        assert queries(query, 2) == queries(query, 27) == queries("status=client")
