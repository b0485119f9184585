from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from archiving import fences
from archiving.erasure.numbers import retired_hash
from archiving.models import RetiredNumber
from crm.core import spelling
from crm.core.refusals import Refusal
from relations.models import Relation, RelationStatus
from relations.record import actions as relation_actions
from relations.record.forms import RelationForm
from tests.archiving.acting import archive, erase
from tests.factories import (
    EmployeeFactory,
    RelationFactory,
    RelationTagFactory,
    TagFactory,
    TimesheetLineFactory,
)
from tests.forms import sent_by

pytestmark = pytest.mark.django_db
NEW = "/relaties/nieuw/"


def edit_page(relation):
    return reverse("relations:relation_edit", args=[relation.pk])


def debtor_page(relation):
    return reverse("relations:debtor_for", args=[relation.pk])


def answers(**changed):
    """What the form sends for a new organisation."""
    return {"kind": "organisation", "name": "Bakkerij Van der Meer B.V.", "status": "client"} | changed


def answers_of(relation, **changed):
    """What the form sends when nothing else is touched."""
    return sent_by(RelationForm(instance=relation), **changed)


def errors_of(answer, status=422):
    assert answer.status_code == status
    return answer.context["form"].errors


class TestAccess:
    @pytest.fixture(params=["new", "edit", "debtor for"])
    def url(self, request):
        relation = RelationFactory()
        return {"new": NEW, "edit": edit_page(relation), "debtor for": debtor_page(relation)}[request.param]

    def test_works_for_every_employee(self, as_employee, url):
        assert as_employee.get(url).status_code == 200

    @pytest.mark.parametrize("method", ["get", "post"])
    def test_sends_a_visitor_to_sign_in(self, client, url, method):
        assert getattr(client, method)(url).url.startswith("/aanmelden/")

    @pytest.mark.parametrize("method", ["get", "post"])
    def test_is_refused_without_the_right(self, client, url, method):
        stranger = EmployeeFactory()
        stranger.groups.clear()
        client.force_login(stranger)

        assert getattr(client, method)(url).status_code == 403

    def test_refuses_other_methods(self, as_employee, url):
        assert as_employee.delete(url).status_code == 405

    def test_of_suggestions_is_the_same(self, client):
        url = reverse("relations:relation_suggestions")
        stranger = EmployeeFactory()
        stranger.groups.clear()

        assert client.get(url).url.startswith("/aanmelden/")
        client.force_login(stranger)
        assert client.get(url).status_code == 403
        client.force_login(EmployeeFactory())
        assert client.post(url).status_code == 405

    def test_is_refused_in_the_action_too(self):
        stranger = EmployeeFactory()
        stranger.groups.clear()
        relation = RelationFactory()

        for act in (
            lambda: relation_actions.add(Relation(name="x"), by=stranger),
            lambda: relation_actions.change(relation, tags=[], by=stranger),
            lambda: relation_actions.set_invoice_debtor([], instead_of=relation, debtor=None, by=stranger),
        ):
            with pytest.raises(PermissionDenied):
                act()


class TestNewRelation:
    def test_gets_the_next_number(self, as_employee):
        answer = as_employee.post(NEW, answers())

        relation = Relation.objects.get()
        assert answer.url == relation.get_absolute_url()
        assert relation.number.isdigit()

    def test_leaves_its_name_in_no_cookie(self, as_employee):
        added = as_employee.post(NEW, answers(name="Bakkerij Jansen", number="77"))

        page = as_employee.get(added.url)
        assert [str(message) for message in page.context["messages"]] == ["Relatie 77 is toegevoegd."]

    def test_keeps_a_number_that_was_typed(self, as_employee):
        as_employee.post(NEW, answers(number=" K-100 "))

        assert Relation.objects.get().number == "K-100"

    def test_keeps_everything_that_was_filled_in(self, as_employee, employee):
        tags = TagFactory.create_batch(2)
        debtor = RelationFactory(number="10481")
        filled = answers(
            tags=[tag.pk for tag in tags], manager=employee.pk, invoice_debtor="10481", phone="(0416) 69 87 00",
            postal_code="3511ab", kvk_number="1234 5678", vat_number="004495445B01", iban="nl91 abna 0417 1643 00",
        )  # fmt: skip

        as_employee.post(NEW, filled)

        relation = Relation.objects.get(name=filled["name"])
        assert set(relation.tags.all()) == set(tags)
        assert (relation.manager, relation.invoice_debtor) == (employee, debtor)
        assert (relation.phone, relation.postal_code) == ("+31416698700", "3511 AB")
        assert (relation.kvk_number, relation.vat_number) == ("12345678", "NL004495445B01")
        assert relation.iban == "NL91ABNA0417164300"

    def test_names_who_added_it_in_its_history(self, as_employee, employee):
        as_employee.post(NEW, answers())

        assert Relation.objects.get().history.get().history_user == employee

    @pytest.mark.parametrize(
        ("field", "typed"),
        [
            ("name", ""),
            ("phone", "geen"),
            ("mobile", "06 123"),
            ("postal_code", "35 AB"),
            ("kvk_number", "123"),
            ("vat_number", "NL123"),
            ("iban", "NL91ABNA0417164301"),
            ("citizen_service_number", "123456789"),
            ("email", "geen"),
            ("website", "geen adres"),
            ("birth_date", "gisteren"),
            ("birth_date", "0001-01-01"),
            ("birth_date", "9999-12-31"),
            ("status", "kennis"),
            ("invoice_debtor", "99999"),
            ("manager", "0"),
            ("tags", ["0"]),
            ("number", "1" * 41),
            ("former_since", "2026-01-01"),
        ],
    )
    def test_is_refused_with_a_sentence_at_the_field(self, as_employee, field, typed):
        found = errors_of(as_employee.post(NEW, answers(**{field: typed})))

        assert list(found) == [field]
        assert not Relation.objects.exists()

    def test_needs_a_date_when_it_is_former(self, as_employee):
        """R101"""
        found = errors_of(as_employee.post(NEW, answers(status="former")))

        assert list(found) == ["former_since"]

    def test_may_be_former_with_a_date(self, as_employee):
        """R101"""
        as_employee.post(NEW, answers(status="former", former_since="2026-01-31"))

        assert Relation.objects.get().former_since == date(2026, 1, 31)

    def test_may_live_abroad(self, as_employee):
        as_employee.post(NEW, answers(country="Sverige", postal_code="114 35", phone="+46 8 123 456 78"))

        relation = Relation.objects.get()
        assert (relation.postal_code, relation.phone) == ("114 35", "+46812345678")

    def test_is_refused_under_the_number_of_an_erased_one(self, as_employee):
        """R87"""
        RetiredNumber.objects.create(hash=retired_hash("10482"))

        found = errors_of(as_employee.post(NEW, answers(number="10482")))

        assert "nooit meer gebruikt" in found["number"][0]

    @pytest.mark.parametrize("archived", [False, True])
    def test_is_refused_under_a_number_in_use(self, as_employee, archived):
        RelationFactory(number="10482", archived=archived)

        found = errors_of(as_employee.post(NEW, answers(number="10482")))

        assert "in gebruik" in found["number"][0]

    def test_is_refused_under_a_number_that_was_given_meanwhile(self, employee):
        RelationFactory(number="10482")

        with pytest.raises(Refusal):
            relation_actions.add(Relation(name="Later", number="10482"), by=employee)


class TestPickers:
    """R18"""

    def test_refuse_an_archived_invoice_debtor(self, as_employee):
        RelationFactory(number="10481", archived=True)

        found = errors_of(as_employee.post(NEW, answers(invoice_debtor="10481")))

        assert "gearchiveerd" in found["invoice_debtor"][0]

    def test_refuse_an_erased_invoice_debtor(self, as_employee, admin):
        gone = RelationFactory()
        TimesheetLineFactory(relation=gone, billed=True)
        archive(gone, by=admin)
        erase(gone, by=admin)
        gone.refresh_from_db()

        found = errors_of(as_employee.post(NEW, answers(invoice_debtor=gone.number)))

        assert list(found) == ["invoice_debtor"]

    @pytest.mark.parametrize("typed", ["10481", "10481 Oude Molen Holding B.V.", "oude mol"])
    def test_find_a_relation_by_number_or_name(self, as_employee, typed):
        debtor = RelationFactory(number="10481", name="Oude Molen Holding B.V.")
        RelationFactory(name="Nieuwe Molen")

        as_employee.post(NEW, answers(invoice_debtor=typed))

        assert Relation.objects.get(name=answers()["name"]).invoice_debtor == debtor

    def test_ask_for_the_number_when_several_relations_fit(self, as_employee):
        RelationFactory.create_batch(2, name="Oude Molen")

        found = errors_of(as_employee.post(NEW, answers(invoice_debtor="oude molen")))

        assert "Meerdere relaties" in found["invoice_debtor"][0]

    def test_suggest_active_relations_while_typing(self, as_employee):
        RelationFactory(number="10481", name="Oude Molen")
        RelationFactory(name="Oude Bakker", archived=True)

        shown = as_employee.get("/relaties/suggesties/", {"invoice_debtor": "oude"}).content.decode()

        assert 'value="10481 Oude Molen"' in shown
        assert "Bakker" not in shown

    @pytest.mark.parametrize("query", ["", "?q=", "?q=%20", "?q=%26"])
    def test_suggest_nothing_for_nothing(self, as_employee, query):
        RelationFactory()

        answer = as_employee.get(f"/relaties/suggesties/{query}")

        assert "option" not in answer.content.decode()

    def test_keep_the_archived_debtor_that_an_old_relation_has(self, as_employee):
        debtor = RelationFactory(archived=True)
        relation = RelationFactory()
        old = Relation.objects.filter(pk=relation.pk)
        _set_debtor_as_it_was(old, debtor)
        relation.refresh_from_db()

        as_employee.post(edit_page(relation), answers_of(relation, city="Zeist"))

        relation.refresh_from_db()
        assert (relation.city, relation.invoice_debtor) == ("Zeist", debtor)

    def test_offer_employees_who_are_there_and_the_present_one(self, as_employee, employee):
        left = EmployeeFactory(is_active=False)
        also_left = EmployeeFactory(is_active=False)
        relation = RelationFactory(manager=left)

        offered = as_employee.get(edit_page(relation)).context["form"].fields["manager"].queryset

        assert left in offered
        assert employee in offered
        assert also_left not in offered


def _set_debtor_as_it_was(rows, debtor):
    """As an engine of before the fence could have left it."""
    with transaction.atomic(), fences.lifted():
        rows.update(invoice_debtor=debtor)


class TestEditing:
    def test_changes_what_was_typed_and_nothing_else(self, as_employee):
        relation = RelationFactory(phone="+31301234567", kvk_number="12345678")
        RelationTagFactory(relation=relation)
        before = Relation.objects.filter(pk=relation.pk).values().get()

        answer = as_employee.post(edit_page(relation), answers_of(relation, city="Zeist"))

        after = Relation.objects.filter(pk=relation.pk).values().get()
        assert answer.url == relation.get_absolute_url()
        assert after == before | {"city": "Zeist"}
        assert relation.tags.count() == 1

    def test_replaces_the_tags(self, as_employee):
        relation = RelationFactory()
        RelationTagFactory(relation=relation)
        other = TagFactory()

        as_employee.post(edit_page(relation), answers_of(relation, tags=[other.pk]))

        assert list(relation.tags.all()) == [other]

    def test_keeps_who_did_it(self, as_employee, employee):
        relation = RelationFactory()

        as_employee.post(edit_page(relation), answers_of(relation, city="Zeist"))

        assert relation.history.latest().history_user == employee

    def test_shows_telephone_numbers_as_people_write_them(self, as_employee):
        relation = RelationFactory(phone="+31301234567")

        assert as_employee.get(edit_page(relation)).context["form"]["phone"].value() == "030 123 4567"

    def test_leaves_an_odd_old_value_that_is_not_touched(self, as_employee):
        relation = RelationFactory(phone="bel Kees", kvk_number="123", postal_code="onbekend", vat_number="?")

        as_employee.post(edit_page(relation), answers_of(relation, city="Zeist"))

        relation.refresh_from_db()
        assert (relation.city, relation.phone, relation.kvk_number) == ("Zeist", "bel Kees", "123")
        assert (relation.postal_code, relation.vat_number) == ("onbekend", "?")

    def test_refuses_the_relation_as_its_own_debtor(self, as_employee):
        relation = RelationFactory()

        found = errors_of(as_employee.post(edit_page(relation), answers_of(relation, invoice_debtor=relation.number)))

        assert list(found) == ["invoice_debtor"]

    def test_refuses_an_empty_number(self, as_employee):
        relation = RelationFactory()

        found = errors_of(as_employee.post(edit_page(relation), answers_of(relation, number="")))

        assert list(found) == ["number"]

    def test_leaves_the_heading_alone_when_the_form_is_refused(self, as_employee):
        relation = RelationFactory(name="Bakkerij")

        answer = as_employee.post(edit_page(relation), answers_of(relation, name="Slagerij", iban="fout"))

        assert answer.context["heading"] == "Bakkerij bewerken"

    @pytest.mark.parametrize("method", ["get", "post"])
    def test_of_an_archived_relation_is_refused(self, as_employee, employee, method):
        relation = RelationFactory(city="Utrecht")
        sent = answers_of(relation, city="Zeist")
        archive(relation, by=employee)

        answer = getattr(as_employee, method)(edit_page(relation), sent)

        assert answer.status_code == 409
        assert "gearchiveerd" in answer.content.decode()
        assert Relation.objects.get(pk=relation.pk).city == "Utrecht"

    @pytest.mark.parametrize("method", ["get", "post"])
    def test_of_an_erased_relation_is_refused(self, as_admin, admin, method):
        """A stale form brings no erased name back."""
        relation = RelationFactory(name="Bakkerij")
        TimesheetLineFactory(relation=relation, billed=True)
        sent = answers_of(relation)
        archive(relation, by=admin)
        erase(relation, by=admin)

        answer = getattr(as_admin, method)(edit_page(relation), sent)

        assert answer.status_code == 410
        assert Relation.objects.get(pk=relation.pk).name == "Verwijderd"

    def test_shows_what_somebody_else_changed_meanwhile(self, as_employee):
        relation = RelationFactory(city="Utrecht")
        stale = answers_of(relation, phone="030 123 4567")
        relation.city = "Zeist"
        relation._history_user = EmployeeFactory(name="Kees Bos")
        relation.save()

        answer = as_employee.post(edit_page(relation), stale)

        assert "intussen gewijzigd" in errors_of(answer, 409)["__all__"][0]
        assert "Kees Bos" in answer.content.decode()
        assert Relation.objects.get(pk=relation.pk).city == "Zeist"

    def test_sees_tags_that_somebody_else_gave_meanwhile(self, as_employee):
        relation = RelationFactory()
        stale = answers_of(relation, city="Zeist")
        RelationTagFactory(relation=relation, tag__name="Horeca")

        answer = as_employee.post(edit_page(relation), stale)

        (difference,) = answer.context["form"].conflict
        assert (answer.status_code, difference.original, difference.theirs) == (409, "", "Horeca")

    def test_goes_through_when_saved_once_more(self, as_employee):
        relation = RelationFactory(city="Utrecht")
        stale = answers_of(relation, phone="030 123 4567")
        relation.city = "Zeist"
        relation.save()
        shown = as_employee.post(edit_page(relation), stale).context["form"]

        as_employee.post(edit_page(relation), stale | {"seen": shown["seen"].value()})

        relation.refresh_from_db()
        assert (relation.city, relation.phone) == ("Utrecht", "+31301234567")


class TestAName:
    @pytest.mark.parametrize(
        "typed", ["\u200b", "\u200d\u2060", "\u202e", "\ufeff \u00ad", "\x1b\x7f", "\u3164", "\u2800"]
    )
    def test_of_which_nothing_can_be_seen_is_missing(self, as_employee, typed):
        answer = as_employee.post(NEW, answers(name=typed))

        assert "name" in errors_of(answer)
        assert not Relation.objects.exists()

    def test_keeps_only_what_can_be_seen(self, as_employee):
        as_employee.post(NEW, answers(name="\u202eBakkerij\u200b Ünal\u2069", number="104\u200b82"))

        assert Relation.objects.values_list("name", "number").get() == ("Bakkerij Ünal", "10482")

    def test_cannot_be_changed_into_nothing(self, as_employee):
        relation = RelationFactory(name="Bakkerij")

        assert "name" in errors_of(as_employee.post(edit_page(relation), answers_of(relation, name="\u200b")))


class TestSpelling:
    @pytest.mark.parametrize(
        ("typed", "stored"),
        [("Jansen\tBouw", "Jansen Bouw"), ("\u2067Café\u2069", "Café"), ("A\u00a0B", "A\u00a0B"), ("\u200b", "")],
    )
    def test_of_what_can_be_seen(self, typed, stored):
        assert spelling.visible(typed) == stored

    @pytest.mark.parametrize(
        ("typed", "stored"),
        [
            ("(0416) 69 87 00", "+31416698700"),
            ("030-1234567", "+31301234567"),
            ("+49 30 901820", "+4930901820"),
            ("14 0592", "14 0592"),
            ("14072", "14 072"),
            ("", ""),
        ],
    )
    def test_of_telephone_numbers(self, typed, stored):
        assert spelling.phone_number(typed) == stored

    @pytest.mark.parametrize(
        ("typed", "country", "stored"),
        [("3511ab", "", "3511 AB"), ("3511  AB", "Nederland", "3511 AB"), ("d-10115", "Duitsland", "D-10115")],
    )
    def test_of_postal_codes(self, typed, country, stored):
        assert spelling.postal_code(typed, country) == stored

    @pytest.mark.parametrize(
        ("typed", "stored"),
        [
            ("nl 0044.95.445.b.01", "NL004495445B01"),
            ("004495445B01", "NL004495445B01"),
            ("BE0428759497", "BE0428759497"),
        ],
    )
    def test_of_vat_numbers(self, typed, stored):
        assert spelling.vat_number(typed) == stored


class TestFormer:
    def test_status_is_offered_first_as_client(self, as_employee):
        assert as_employee.get(NEW).context["form"]["status"].value() == RelationStatus.CLIENT
