"""Contacts and the persons behind them (R9, R101); what every form has is in test_kept_pages.py."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from relations.models import Contact, Person
from tests.archiving.acting import archive
from tests.factories import ContactFactory, EmployeeFactory, PersonFactory, RelationFactory
from tests.forms import sent_by

pytestmark = pytest.mark.django_db


def new_page(relation, person=None):
    return reverse("relations:contact_new", args=[relation.pk]) + (f"?persoon={person}" if person else "")


def edit_page(contact):
    return reverse("relations:contact_edit", args=[contact.pk])


def search(client, relation, text):
    return client.post(new_page(relation), {"text": text})


class TestSearchingFirst:
    @pytest.fixture
    def clara(self):
        return PersonFactory(given_name="Clara", prefix="van der", family_name="Meer", email="clara@meer.example")

    @pytest.mark.parametrize("typed", ["clara", "Meer", "cla mee", "van der meer", "clara@meer", "clara@meer.example"])
    def test_finds_who_is_known_by_name_and_address(self, as_employee, clara, typed):
        PersonFactory(given_name="Kees", prefix="", family_name="Bos", email="kees@bos.example")

        assert search(as_employee, RelationFactory(), typed).context["found"] == [clara]

    def test_tells_where_somebody_is_contact(self, as_employee, employee, clara):
        ContactFactory(person=clara, relation__name="Bakkerij Jansen")
        archive(ContactFactory(person=clara, relation__name="Gearchiveerd B.V.").relation, by=employee)

        shown = search(as_employee, RelationFactory(), "clara").content.decode()

        assert "Bakkerij Jansen" in shown
        assert "Gearchiveerd B.V." not in shown

    def test_says_who_is_a_contact_here_already(self, as_employee, clara):
        relation = ContactFactory(person=clara).relation

        shown = search(as_employee, relation, "clara").content.decode()

        assert "hier al contactpersoon" in shown
        assert f"?persoon={clara.pk}" not in shown

    def test_finds_nobody_of_a_restricted_relation_only(self, as_employee, clara):
        ContactFactory(person=clara, relation__restricted=True)

        assert not search(as_employee, RelationFactory(), "clara").context["found"]
        assert as_employee.get(new_page(RelationFactory(), clara.pk)).status_code == 404

    def test_asks_for_something_to_look_for(self, as_employee):
        assert search(as_employee, RelationFactory(), "").status_code == 422

    @pytest.mark.parametrize("typed", ["&", "'", "\\", "zo " * 60, "é\u0000"])
    def test_of_odd_signs_finds_nobody(self, as_employee, clara, typed):
        assert not search(as_employee, RelationFactory(), typed).context["found"]

    def test_as_one_types_answers_with_the_list_only(self, as_employee, clara):
        url = new_page(RelationFactory())

        answer = as_employee.post(url, {"text": "clara"}, headers={"HX-Request": "true"})

        assert "Meer" in answer.content.decode()
        assert "<h1>" not in answer.content.decode()

    def test_begins_with_the_name_that_was_typed(self, as_employee):
        url = new_page(RelationFactory(), "nieuw")

        form = as_employee.post(url, {"typed": "Clara van der Meer"}).context["form"]

        assert [form[name].value() for name in ("given_name", "prefix", "family_name")] == ["Clara", "van der", "Meer"]
        assert not Person.objects.exists()

    def test_asks_as_many_queries_for_twenty_as_for_two(self, as_employee):
        relation = RelationFactory()
        ContactFactory.create_batch(2)
        search(as_employee, relation, "clara")

        with CaptureQueriesContext(connection) as of_two:
            search(as_employee, relation, "clara")
        ContactFactory.create_batch(18)
        with CaptureQueriesContext(connection) as of_twenty:
            search(as_employee, relation, "clara")

        assert len(of_two) == len(of_twenty)


class TestSomebodyKnown:
    def test_becomes_a_contact_without_a_second_record(self, as_employee):
        """R9"""
        person, relation = ContactFactory().person, RelationFactory()

        as_employee.post(new_page(relation, person.pk), {"function": "Directeur"})

        assert relation.contacts.get().person == person
        assert (Person.objects.count(), person.history.count()) == (1, 1)

    def test_is_not_made_a_contact_twice(self, as_employee):
        contact = ContactFactory()

        answer = as_employee.post(new_page(contact.relation, contact.person_id), {"function": "Directeur"})

        assert answer.status_code == 422
        assert Contact.objects.count() == 1

    def test_who_was_former_can_come_back(self, as_employee):
        contact = ContactFactory(former_since=date(2026, 1, 1))

        as_employee.post(new_page(contact.relation, contact.person_id), {"function": "Directeur"})

        assert Contact.objects.count() == 2

    @pytest.mark.parametrize("key", ["0", "99999999999999999999", "-1", "abc", "²"])
    def test_who_is_not_known_is_not_found(self, as_employee, key):
        assert as_employee.get(new_page(RelationFactory(), key)).status_code == 404


class TestChanging:
    def test_of_the_person_shows_everywhere(self, as_employee, employee):
        person = PersonFactory(family_name="Meer")
        contact, elsewhere = ContactFactory.create_batch(2, person=person)
        page = as_employee.get(edit_page(contact))

        as_employee.post(edit_page(contact), sent_by(page.context["form"], family_name="Jansen"))

        elsewhere.refresh_from_db()
        assert elsewhere.person.family_name == "Jansen"
        assert elsewhere.person.history.latest().history_user == employee
        assert elsewhere.relation.name in page.content.decode()

    def test_of_the_contact_leaves_the_person_alone(self, as_employee):
        contact = ContactFactory(person__phone="bel Kees")

        as_employee.post(
            edit_page(contact), sent_by(as_employee.get(edit_page(contact)).context["form"], function="Controller")
        )

        person = Person.objects.get()
        assert (person.phone, person.history.count()) == ("bel Kees", 1)

    def test_sees_that_somebody_else_changed_the_person_at_another_relation(self, as_employee):
        contact, elsewhere = ContactFactory.create_batch(2, person=PersonFactory(family_name="Meer"))
        stale = sent_by(as_employee.get(edit_page(contact)).context["form"], family_name="Bos")
        as_employee.post(
            edit_page(elsewhere), sent_by(as_employee.get(edit_page(elsewhere)).context["form"], family_name="Jansen")
        )

        answer = as_employee.post(edit_page(contact), stale)

        assert answer.status_code == 409
        assert answer.context["form"].conflict[0].theirs == "Jansen"

    def test_writes_telephone_numbers_one_way(self, as_employee):
        contact = ContactFactory()
        sent = sent_by(as_employee.get(edit_page(contact)).context["form"], phone="(0416) 69 87 00")

        as_employee.post(edit_page(contact), sent)

        assert Person.objects.get().phone == "+31416698700"


class TestFormer:
    """R101"""

    def test_keeps_the_contact_and_says_so(self, as_employee):
        contact = ContactFactory()
        sent = sent_by(as_employee.get(edit_page(contact)).context["form"], former_since="2026-06-30")

        shown = as_employee.post(edit_page(contact), sent, follow=True).content.decode()

        assert Contact.objects.get().former_since == date(2026, 6, 30)
        assert "voormalig" in shown

    def test_comes_after_who_is_there(self, as_employee):
        relation = RelationFactory()
        left = ContactFactory(relation=relation, person__family_name="Aa", former_since=date(2026, 1, 1))
        there = ContactFactory(relation=relation, person__family_name="Zz")

        rows = as_employee.get(reverse("relations:relation_tab", args=[relation.pk, "contactpersonen"])).context["rows"]

        assert list(rows) == [there, left]


class TestAccess:
    def test_to_the_search_needs_the_right_to_change(self, client):
        stranger = EmployeeFactory()
        stranger.groups.clear()
        client.force_login(stranger)

        assert search(client, RelationFactory(), "clara").status_code == 403
