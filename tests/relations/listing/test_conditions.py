"""What relations can be asked, one condition after the other: who it lets through, and who not (R58)."""

from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlencode

import pytest
import time_machine
from django.http import QueryDict
from guardian.shortcuts import assign_perm

from relations.listing.filters import CONDITIONS
from relations.listing.listing import RelationListing
from relations.models import Relation
from tests import factories

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 31)
NOON = datetime(2026, 3, 31, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOON, tick=False):
        yield


def listing(*texts, by=None, **others):
    pairs = [("c", text) for text in texts]
    return RelationListing(QueryDict(urlencode([*pairs, *others.items()])), by=by)


def found(*texts, by=None, **others):
    shown = listing(*texts, by=by, **others)
    assert shown.problems == []
    return {relation.name for relation in shown.rows}


def two(those, others):
    factories.RelationFactory(**({"name": "Wel"} | those))
    factories.RelationFactory(**({"name": "Niet"} | others))


FORMER = {"status": "former"}
LONG_AGO = datetime(2020, 1, 1, 12, tzinfo=UTC)
TEXTS = [  # key of the condition, column, how it is kept, another, what is typed for is, contains and begins
    ("iban_number", "iban", "NL91ABNA0417164300", "NL20INGB0001234567", "nl91 abna 0417 1643 00", "ABNA 0417", "NL91"),
    ("name", "name", "Bakkerij Été", "Slager", "bakkerij Été", "ij é", "BAKK"),
    ("number", "number", "R-1042", "77", "R-1042", "104", "R-"),
    ("legal_form", "legal_form", "Stichting", "Vereniging", "stichting", "icht", "STI"),
    ("street", "street", "Markt 5", "Laan 6", "markt 5", "kt 5", "mar"),
    ("postal_code", "postal_code", "9711 AB", "3511 AB", "9711 ab", "711 a", "97"),
    ("city", "city", "Den Haag", "Zeist", "den haag", "n h", "DEN"),
    ("country", "country", "België", "Frankrijk", "belgië", "elg", "bel"),
    ("mail_street", "mail_street", "Postbus 9", "Postbus 8", "postbus 9", "s 9", "postbus 9"),
    ("mail_postal_code", "mail_postal_code", "9700 AA", "3500 AA", "9700 aa", "700 a", "970"),
    ("mail_city", "mail_city", "Assen", "Zwolle", "assen", "sse", "as"),
    ("email", "email", "info@a.example", "info@b.example", "INFO@a.example", "@a.", "info@a"),
    ("phone", "phone", "+31416698700", "+31302345678", "0416 69 87 00", "6987", "0416"),
    ("phone", "mobile", "+31612345678", "+31687654321", "06-12345678", "1234", "0031 6 12"),
    ("phone", "phone", "14 0592", "+31302345678", "140592", "592", "14 0592"),
    ("website", "website", "https://a.example/", "https://b.example/", "https://A.example/", "a.ex", "https://a"),
    ("kvk", "kvk_number", "12345678", "87654321", "12345678", "345", "123"),
    ("vat", "vat_number", "NL001234567B01", "BE0123456749", "nl001234567b01", "567b", "nl"),
]


class TestText:
    @pytest.mark.parametrize(("key", "column", "kept", "another", "whole", "inside", "start"), TEXTS)
    def test_is_compared_without_regard_to_capitals(self, key, column, kept, another, whole, inside, start):
        factories.RelationFactory(**{column: kept})
        factories.RelationFactory(**{column: another})

        def values(text):
            return set(listing(f"{key}:{text}").filtered.values_list(column, flat=True))

        assert values(f"is:{whole}") == {kept}
        assert values(f"contains:{inside}") == {kept}
        assert values(f"begins:{start}") == {kept}
        assert values(f"is-not:{whole}") == {another}
        assert values(f"contains-not:{inside}") == {another}
        assert values("filled") == {kept, another}
        assert values("empty") == set()

    @pytest.mark.parametrize("column", ["city", "country", "email", "website", "street", "kvk"])
    def test_that_is_not_there_is_empty_and_is_not_anything(self, column):
        kept = {"kvk": "kvk_number"}.get(column, column)
        two({kept: ""}, {kept: "x@y.example"})

        assert found(f"{column}:empty") == {"Wel"}
        assert found(f"{column}:filled") == {"Niet"}
        assert found(f"{column}:is-not:x@y.example") == {"Wel"}

    @pytest.mark.parametrize("sign", ["%", "_", "\\", "'", '"', ":", "*", "&", ".."])
    def test_holds_signs_that_mean_something_elsewhere(self, sign):
        two({"street": f"a{sign}b"}, {"street": "a-b"})

        assert found(f"street:contains:a{sign}b") == {"Wel"}
        assert found(f"street:begins:a{sign}") == {"Wel"}

    def test_of_a_phone_number_means_either(self):
        two({"phone": "", "mobile": "+31612345678"}, {"phone": "", "mobile": ""})

        assert found("phone:filled") == {"Wel"}
        assert found("phone:empty") == {"Niet"}
        assert found("phone:is-not:0612345678") == {"Niet"}


class TestOptions:
    @pytest.mark.parametrize(
        ("condition", "those", "others"),
        [
            ("kind:is:person", {"kind": "person"}, {}),
            ("kind:is-not:person", {}, {"kind": "person"}),
            ("status:is:prospect", {"status": "prospect"}, {}),
            ("status:is-not:prospect", {}, {"status": "prospect"}),
            ("newsletter:yes", {"newsletter": True}, {}),
            ("newsletter:no", {}, {"newsletter": True}),
            ("iban:yes", {"iban": "NL91ABNA0417164300"}, {}),
            ("iban:no", {}, {"iban": "NL91ABNA0417164300"}),
        ],
    )
    def test_let_through_what_they_say(self, condition, those, others):
        two(those, others)

        assert found(condition) == {"Wel"}

    def test_know_what_is_restricted_and_seen(self, employee):
        two({"restricted": True}, {"restricted": False})
        factories.RelationFactory(restricted=True)
        assign_perm("view_relation", employee, Relation.objects.get(name="Wel"))

        assert found("restricted:yes", by=employee) == {"Wel"}
        assert found("restricted:no", by=employee) == {"Niet"}

    def test_know_whether_another_pays(self):
        payer = factories.RelationFactory(name="Niet")
        factories.RelationFactory(name="Wel", invoice_debtor=payer)

        assert found("debtor:yes") == {"Wel"}
        assert found("debtor:no") == {"Niet"}


class TestManager:
    @pytest.fixture
    def anna(self):
        anna = factories.EmployeeFactory()
        factories.RelationFactory(name="Van Anna", manager=anna)
        factories.RelationFactory(name="Van een ander", manager=factories.EmployeeFactory())
        factories.RelationFactory(name="Van niemand")
        return anna

    def test_is_an_employee_or_not(self, anna):
        assert found(f"manager:is:{anna.pk}") == {"Van Anna"}
        assert found(f"manager:is-not:{anna.pk}") == {"Van een ander", "Van niemand"}

    def test_is_nobody(self, anna):
        assert found("manager:nobody") == {"Van niemand"}

    def test_is_whoever_asks(self, anna):
        assert found("manager:me", by=anna) == {"Van Anna"}
        assert found("manager:me", by=factories.EmployeeFactory()) == set()

    def test_is_refused_when_nobody_asks(self, anna):
        shown = listing("manager:me")

        assert "ben ik zelf" in shown.problems[0]
        assert shown.rows == []


class TestTags:
    def test_are_there_or_not(self):
        one, two = factories.TagFactory(), factories.TagFactory()
        both, only = factories.RelationFactory(name="Beide"), factories.RelationFactory(name="Een")
        factories.RelationFactory(name="Geen")
        for relation, tag in ((both, one), (both, two), (only, one)):
            factories.RelationTagFactory(relation=relation, tag=tag)

        assert found(f"tags:has:{one.pk}") == {"Beide", "Een"}
        assert found(f"tags:has-not:{two.pk}") == {"Een", "Geen"}
        assert found(f"tags:has:{one.pk}", f"tags:has-not:{two.pk}") == {"Een"}
        assert found("tags:any") == {"Beide", "Een"}
        assert found("tags:none") == {"Geen"}


DAYS = [  # condition, the days that it lets through, and those next to them
    ("on:2026-03-01", ["2026-03-01"], ["2026-02-28", "2026-03-02"]),
    ("before:2026-03-01", ["2026-02-28", "1999-01-01"], ["2026-03-01", "2026-03-02"]),
    ("after:2026-03-01", ["2026-03-02", "2026-03-31"], ["2026-03-01", "2026-02-28"]),
    ("between:2026-03-01..2026-03-03", ["2026-03-01", "2026-03-03"], ["2026-02-28", "2026-03-04"]),
    ("older:2y", ["2024-03-30"], ["2024-03-31", "2026-03-31"]),
    ("older:1m", ["2026-02-27"], ["2026-02-28"]),  # the 31st of February is its last day
    ("younger:3m", ["2026-01-01", "2026-03-31"], ["2025-12-31", "2025-12-01"]),
    ("younger:1d", ["2026-03-31"], ["2026-03-30"]),
    ("within:30d", ["2026-03-01", "2026-03-31"], ["2026-02-28"]),
    ("within:2w", ["2026-03-17"], ["2026-03-16"]),
]
AHEAD = ["younger:3m", "within:30d", "older:1d"]


def _former(day):
    factories.RelationFactory(name=str(day), status="former", former_since=day)


def _born(day):
    factories.RelationFactory(name=str(day), birth_date=day)


def _opted_out(day):
    """Just after midnight here, when it is the day before in UTC."""
    moment = datetime(day.year, day.month, day.day, 0, 5, tzinfo=UTC) - timedelta(hours=1)
    factories.RelationFactory(name=str(day), opted_out_at=moment)


def _created(day):
    relation = factories.RelationFactory(name=str(day))
    last_minute = datetime(day.year, day.month, day.day, 21, 55, tzinfo=UTC)
    Relation.objects.filter(pk=relation.pk).update(created_at=last_minute)


def _note(day):
    note = factories.NoteFactory(relation__name=str(day))
    type(note).objects.filter(pk=note.pk).update(at=datetime(day.year, day.month, day.day, 12, tzinfo=UTC))


def _hours(day):
    factories.TimesheetLineFactory(relation__name=str(day), worked_on=day)


class TestDates:
    @pytest.mark.parametrize(("text", "those", "others"), DAYS)
    @pytest.mark.parametrize(
        ("key", "make"),
        [
            ("former_since", _former),
            ("birth_date", _born),
            ("opted_out", _opted_out),
            ("created", _created),
            ("activity", _note),
            ("activity", _hours),
        ],
    )
    def test_are_whole_days_here(self, key, make, text, those, others):
        for day in [*those, *others]:
            make(date.fromisoformat(day))

        assert found(f"{key}:{text}") & {*those, *others} == set(those)

    @pytest.mark.parametrize("text", [text for text, _those, _others in DAYS])
    def test_that_are_not_there_are_never_meant(self, text):
        factories.RelationFactory(birth_date=None)

        assert found(f"birth_date:{text}") == set()

    @pytest.mark.parametrize("text", AHEAD)
    def test_that_lie_ahead_are_not_ago(self, text):
        _born(TODAY + timedelta(days=1))

        assert found(f"birth_date:{text}") == set()

    def test_are_there_or_not(self):
        two({"birth_date": TODAY}, {})

        assert found("birth_date:filled") == {"Wel"}
        assert found("birth_date:empty") == {"Niet"}


class TestLastActivity:
    @pytest.mark.parametrize(
        "make",
        [
            lambda relation: factories.ClientActivityFactory(relation=relation, done_at=LONG_AGO),
            lambda relation: factories.MessageFactory(relation=relation, at=LONG_AGO),
            lambda relation: factories.AppointmentFactory(relation=relation, starts_at=LONG_AGO, ends_at=LONG_AGO),
            lambda relation: factories.TimesheetLineFactory(relation=relation, worked_on=LONG_AGO.date()),
            lambda relation: factories.InvoiceFactory(
                relation=relation, issued_on=LONG_AGO.date(), due_on=LONG_AGO.date()
            ),
        ],
    )
    def test_is_any_of_what_is_done_with_a_relation(self, make):
        make(factories.RelationFactory(name="Wel"))
        factories.RelationFactory(name="Nooit")

        assert found("activity:older:2y") == {"Wel"}
        assert found("activity:on:2020-01-01") == {"Wel"}
        assert found("activity:filled") == {"Wel"}
        assert found("activity:empty") == {"Nooit"}

    def test_is_the_newest(self):
        relation = factories.RelationFactory(name="Pas nog")
        factories.MessageFactory(relation=relation, at=LONG_AGO)
        factories.TimesheetLineFactory(relation=relation, worked_on=TODAY - timedelta(days=3))

        assert found("activity:older:2y") == set()
        assert found("activity:on:2020-01-01") == set()
        assert found("activity:before:2024-01-01") == set()
        assert found("activity:within:1w") == {"Pas nog"}

    def test_is_not_what_lies_ahead(self):
        relation = factories.RelationFactory(name="Afspraak gemaakt")
        ahead = NOON + timedelta(days=10)
        factories.MessageFactory(relation=relation, at=LONG_AGO)
        factories.AppointmentFactory(relation=relation, starts_at=ahead, ends_at=ahead)

        assert found("activity:older:2y") == {"Afspraak gemaakt"}
        assert found("activity:after:2026-03-31") == set()

    def test_is_not_an_activity_that_is_still_to_be_done(self):
        factories.ClientActivityFactory(relation__name="Gepland", due_on=TODAY)

        assert found("activity:empty") == {"Gepland"}


class TestWhatIsAroundARelation:
    """What billing and portals register: relations does not know that there are invoices."""

    def test_open_amounts_are_those_of_its_own_sent_invoices(self):
        owes = factories.RelationFactory(name="100 open")
        factories.InvoiceFactory(relation=owes, paid=21)
        factories.InvoiceFactory(relation=owes, status="draft")
        factories.InvoiceFactory(relation__name="Betaald", settled=True)

        assert found("open_amount:above:0") == {"100 open"}
        assert found("open_amount:above:99.99") == {"100 open"}
        assert found("open_amount:above:100") == set()
        assert found("open_amount:below:100.01") == {"100 open", "Betaald"}
        assert found("open_amount:below:100") == {"Betaald"}
        assert found("open_amount:none") == {"Betaald"}
        assert found("open_amount:below:0") == set()

    def test_open_amounts_are_added_up(self):
        relation = factories.RelationFactory(name="Twee")
        factories.InvoiceFactory.create_batch(2, relation=relation)

        assert found("open_amount:above:200") == {"Twee"}

    def test_unbilled_work_is_hours_and_instalments(self):
        factories.TimesheetLineFactory(relation__name="Uren")
        factories.InstalmentFactory(agreement__relation__name="Termijn")
        factories.TimesheetLineFactory(relation__name="Gefactureerd", billed=True)
        factories.TimesheetLineFactory(relation__name="Niet declarabel", billable=False)

        assert found("unbilled:any") == {"Uren", "Termijn"}
        assert found("unbilled:none") == {"Gefactureerd", "Niet declarabel"}

    def test_open_work_is_tasks_activities_and_appointments_still_to_come(self):
        for name, ends_at in (("Straks", NOON + timedelta(hours=1)), ("Voorbij", NOON - timedelta(hours=1))):
            factories.AppointmentFactory(relation__name=name, starts_at=NOON - timedelta(hours=2), ends_at=ends_at)
        for done, names in ((None, ("Taak", "Activiteit")), (NOON, ("Taak af", "Activiteit af"))):
            factories.TaskLinkFactory(relation__name=names[0], task__done_at=done)
            factories.ClientActivityFactory(relation__name=names[1], done_at=done)
        factories.ClientActivityFactory(relation__name="Weggelegd", archived=True)

        assert found("open_work:any") == {"Taak", "Activiteit", "Straks"}
        assert found("open_work:none") == {"Taak af", "Activiteit af", "Voorbij", "Weggelegd"}

    def test_contacts_are_the_present_ones(self):
        factories.ContactFactory(relation__name="Nu")
        factories.ContactFactory(relation__name="Vroeger", former_since=TODAY)
        factories.ContactFactory(relation__name="Weg", archived=True)

        assert found("contact:any") == {"Nu"}
        assert found("contact:none") == {"Vroeger", "Weg"}

    def test_portal_links_are_the_live_ones(self):
        factories.PortalLinkFactory(relation__name="Nu")
        factories.PortalLinkFactory(relation__name="Yob", provider="yob")
        factories.PortalLinkFactory(relation__name="Vroeger", until=TODAY)

        assert found("portal:any") == {"Nu", "Yob"}
        assert found("portal:none") == {"Vroeger"}
        assert found("portal:has:pinkweb") == {"Nu"}
        assert found("portal:has-not:pinkweb") == {"Yob", "Vroeger"}

    def test_portal_accounts_are_there_or_not(self):
        factories.PortalAccountFactory(relation__name="Uitgenodigd")
        factories.PortalAccountFactory(relation__name="Geblokkeerd", state="blocked")
        factories.RelationFactory(name="Geen")

        assert found("account:any") == {"Uitgenodigd", "Geblokkeerd"}
        assert found("account:none") == {"Geen"}
        assert found("account:has:blocked") == {"Geblokkeerd"}
        assert found("account:has-not:blocked") == {"Uitgenodigd", "Geen"}


class TestTheVocabulary:
    def test_is_proved_here_to_the_last_field(self):
        """A new condition gets its test."""
        texts = {text[0] for text in TEXTS}
        others = {"kind", "status", "restricted", "newsletter", "iban", "debtor", "manager", "tags", "free"}
        dates = {"former_since", "birth_date", "opted_out", "created", "activity"}
        around = {"open_amount", "unbilled", "contact", "open_work", "portal", "account", "debtor_name"}

        assert {field.key for field in CONDITIONS} == texts | others | dates | around

    def test_offers_every_field_once(self):
        offered = [field.key for _section, fields in CONDITIONS.sections() for field in fields]

        assert sorted(offered) == sorted(field.key for field in CONDITIONS)


class TestFreeFields:
    def test_are_searched_by_name_and_value(self):
        two({"free_fields": {"Boekjaar": "april t/m maart"}}, {"free_fields": {"Boekjaar": "kalenderjaar"}})

        assert found("free:contains:APRIL") == {"Wel"}
        assert found("free:contains-not:april") == {"Niet"}

    def test_are_there_or_not(self):
        two({"free_fields": {"Boekjaar": "kalenderjaar"}}, {})

        assert found("free:filled") == {"Wel"}
        assert found("free:empty") == {"Niet"}


class TestTheInvoiceDebtor:
    @pytest.fixture
    def debtor(self):
        return factories.RelationFactory(name="Holding", number="H-1")

    def test_is_found_by_number_and_name(self, debtor):
        two({"invoice_debtor": debtor}, {})

        assert found("debtor_name:is:h-1") == found("debtor_name:begins:hold") == {"Wel"}
        assert found("debtor_name:is-not:H-1") == {"Niet", "Holding"}

    def test_that_is_restricted_is_found_by_nobody(self, debtor):
        two({"invoice_debtor": debtor}, {})
        Relation.objects.filter(pk=debtor.pk).update(restricted=True)

        assert "Wel" not in found("debtor_name:is:H-1")
