"""Searching everything at once."""

import logging

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from crm.core import search
from relations.models import Relation
from tests import factories
from tests.archiving.acting import archive, erase

pytestmark = pytest.mark.django_db
PAGE, SUGGESTIONS = reverse("core:search"), reverse("core:search_suggestions")


def find(client, text, **asked):
    """{kind: titles of its hits}"""
    groups = client.get(PAGE, {"q": text, **asked}).context["groups"]
    return {group.kind.key: [hit.title for hit in group.hits] for group in groups}


class TestRelations:
    def test_are_found_by_the_start_of_words(self, as_employee):
        factories.RelationFactory(name="Bakkerij Van der Meer", city="Zeist")
        factories.RelationFactory(name="Slagerij De Wit")

        assert find(as_employee, "meer bakk") == {"relations": ["Bakkerij Van der Meer"]}

    def test_are_not_found_by_a_word_that_only_begins_with_a_particle(self, as_employee):
        for name in ("Slagerij De Wit", "Denise Withaar"):
            factories.RelationFactory(name=name)

        assert find(as_employee, "de wit") == {"relations": ["Slagerij De Wit"]}
        assert find(as_employee, "deni with") == {"relations": ["Denise Withaar"]}
        assert find(as_employee, "slag de") == {"relations": ["Slagerij De Wit"]}

    def test_with_exactly_this_number_come_first_then_those_whose_number_starts_so(self, as_employee):
        factories.RelationFactory(name="Aan 1048", number="20001")
        factories.RelationFactory(name="Begint", number="10482")
        factories.RelationFactory(name="Zo heet het", number="1048")

        assert find(as_employee, "1048") == {"relations": ["Zo heet het", "Begint", "Aan 1048"]}

    def test_with_exactly_this_number_are_not_lost_among_many(self, as_employee, monkeypatch):
        monkeypatch.setattr("crm.core.searching.first_keys.__kwdefaults__", {"cap": 1})
        for number in ("1048", "10481", "10482"):
            factories.RelationFactory(name="Zelfde", number=number)

        groups = as_employee.get(PAGE, {"q": "1048"}).context["groups"]

        assert groups[0].hits[0].text.startswith("1048 ")

    def test_that_are_archived_do_not_hide_what_is_not(self, as_employee, monkeypatch):
        """Only so many matches are looked at: those that may not be shown are not among them."""
        monkeypatch.setattr("crm.core.searching.first_keys.__kwdefaults__", {"cap": 2})
        for archived in (True, True, True, False):
            relation = factories.RelationFactory(name="Bakkerij" if archived else "Bakkerij Open")
            factories.ContactFactory(relation=relation, person__family_name="Bakker")
            factories.TaskLinkFactory(relation=relation, task__subject="Bakkersbrood")
            factories.DossierItemFactory(relation=relation, title="Bakkersbrief")
            factories.InvoiceFactory(relation=relation, debtor=relation, reference="Bakkersbon", settled=True)
            if archived:
                archive(relation, by=factories.EmployeeFactory())

        found = find(as_employee, "bakk")

        assert {kind: len(titles) for kind, titles in found.items()} == dict.fromkeys(
            ("relations", "persons", "invoices", "tasks", "documents"), 1
        )

    def test_are_found_by_one_letter_of_name_or_number_only(self, as_employee):
        factories.RelationFactory(name="Bakkerij", number="901", email="x@y.example")
        factories.RelationFactory(name="De Bakker", number="101", email="b@y.example")

        assert find(as_employee, "b") == {"relations": ["Bakkerij"]}
        assert find(as_employee, "9") == {"relations": ["Bakkerij"]}

    def test_in_the_archive_only_when_asked_for(self, as_employee):
        relation = factories.RelationFactory(name="Bakkerij Oud")
        factories.ContactFactory(relation=relation, person__family_name="Bakker")
        factories.DossierItemFactory(relation=relation, title="Bakkersbrief")
        archive(relation, by=factories.EmployeeFactory())

        assert find(as_employee, "bakk") == {}
        found = find(as_employee, "bakk", archief="on")
        assert found == {
            "relations": ["Bakkerij Oud"],
            "persons": ["Clara van der Bakker"],
            "documents": ["Bakkersbrief"],
        }

    def test_that_were_erased_never(self, as_admin, admin):
        relation = factories.RelationFactory(name="Bakkerij Weg", number="90001")
        factories.ContactFactory(relation=relation, person__family_name="Wegman")
        factories.DossierItemFactory(relation=relation, title="Wegbrief")
        factories.TaskLinkFactory(relation=relation, task__subject="Weg ermee")
        factories.InvoiceFactory(relation=relation, number="2026-WEG", addressee_name="Wegman", status="paid")
        archive(relation, by=admin)
        erase(relation, by=admin)
        relation.refresh_from_db()

        for text in ("weg", "wegman", "2026-WEG", "90001", "verwijderd", relation.number):
            assert find(as_admin, text, archief="on") == {}


class TestOtherKinds:
    def test_persons_are_found_at_each_of_their_relations(self, as_employee):
        person = factories.PersonFactory(given_name="Jeanne", prefix="d'", family_name="Arc", phone="+31612345678")
        for name in ("Eerste B.V.", "Tweede B.V."):
            factories.ContactFactory(person=person, relation__name=name)

        groups = as_employee.get(PAGE, {"q": "06 1234 5678"}).context["groups"]

        assert [hit.text for hit in groups[0].hits] == ["Directeur · Eerste B.V.", "Directeur · Tweede B.V."]

    def test_tasks_with_the_relations_they_are_about(self, as_employee):
        link = factories.TaskLinkFactory(task__subject="Btw-aangifte controleren", relation__name="Slagerij De Wit")

        groups = as_employee.get(PAGE, {"q": "aangifte"}).context["groups"]

        hit = groups[0].hits[0]
        assert (hit.title, hit.text) == ("Btw-aangifte controleren", "Slagerij De Wit")
        assert hit.url == reverse("relations:task", args=[link.task_id])

    def test_documents_by_their_title(self, as_employee):
        factories.DossierItemFactory(title="Kopie huurovereenkomst")

        assert find(as_employee, "huur") == {"documents": ["Kopie huurovereenkomst"]}

    def test_invoices_by_number_first_then_by_addressee(self, as_employee):
        factories.InvoiceFactory(number="2026-0012", addressee_name="Slager")
        factories.InvoiceFactory(number="2026-00121", addressee_name="Slager")

        assert find(as_employee, "2026-0012") == {"invoices": ["2026-0012", "2026-00121"]}
        assert sorted(find(as_employee, "slager")["invoices"]) == ["2026-0012", "2026-00121"]

    def test_invoices_are_shown_only_to_who_may_see_them(self, as_employee, monkeypatch):
        factories.InvoiceFactory(number="2026-0012")
        kind = search._kinds["invoices"]
        hidden = {**search._kinds, "invoices": search.Kind(kind.key, kind.title, kind.find, "billing.no_such_right")}
        monkeypatch.setattr(search, "_kinds", hidden)

        assert find(as_employee, "2026-0012") == {}


class TestPage:
    def test_says_what_to_do_when_nothing_fits(self, as_employee):
        assert "Niets gevonden" in as_employee.get(PAGE, {"q": "bestaatniet"}).text
        assert "Typ minstens 3 letters" in as_employee.get(PAGE, {"q": "zz"}).text

    def test_asks_for_something_when_nothing_was_typed(self, as_employee):
        answer = as_employee.get(PAGE, {"q": "  "})

        assert answer.status_code == 200
        assert "Niets gevonden" not in answer.text

    @pytest.mark.parametrize("text", ["'", "&", "\0", "a\0b", "' | ' & x", "-" * 40, "x " * 99, "😀😀😀", "%_%"])
    def test_never_fails(self, as_employee, text):
        factories.RelationFactory()

        assert find(as_employee, text) == {}

    def test_refuses_what_is_too_long_or_not_asked_here(self, as_employee):
        assert as_employee.get(PAGE, {"q": "x" * 201}).status_code == 400
        assert as_employee.get(PAGE, {"q": "bakker", "alles": "1"}).status_code == 400

    def test_leads_to_the_whole_list_when_there_is_more(self, as_employee, monkeypatch):
        monkeypatch.setattr(search, "ALL", 2)
        factories.RelationFactory.create_batch(3, name="Bakkerij")

        group = as_employee.get(PAGE, {"q": "bakkerij"}).context["groups"][0]

        assert len(group.hits) == 2
        assert group.more_url == f"{reverse('relations:relation_list')}?q=bakkerij"

    def test_takes_the_same_number_of_queries_for_3_and_30_hits(self, as_employee):
        counts = []
        for batch in (3, 27):
            for n in range(batch):
                contact = factories.ContactFactory(
                    relation__name=f"Zoek {batch} {n}", person__family_name=f"Zoeker{batch}-{n}"
                )
                factories.TaskLinkFactory(relation=contact.relation, task__subject="Zoek het uit")
                factories.DossierItemFactory(relation=contact.relation, title="Zoekstuk")
                factories.InvoiceFactory(relation=contact.relation, reference="Zoek")
            with CaptureQueriesContext(connection) as queries:
                assert len(find(as_employee, "zoek")) == 5
            counts.append(len(queries))

        assert counts[0] == counts[1]


class TestSuggestions:
    def test_are_the_first_five_of_a_kind_with_a_link_to_all(self, as_employee):
        factories.RelationFactory.create_batch(7, name="Bakkerij & Co")

        shown = as_employee.get(SUGGESTIONS, {"q": "bakkerij &"}, headers={"HX-Request": "true"}).text

        assert shown.count("Bakkerij &amp; Co") == 5
        assert f"{PAGE}?q=bakkerij%20%26" in shown
        assert "<html" not in shown

    def test_are_what_was_seen_lately_before_anything_is_typed(self, as_employee, employee):
        """Of a relation that was restricted since, nothing."""
        seen = [factories.RelationFactory(name=name) for name in ("Bakkerij", "Slagerij", "Geheim")]
        for relation in seen:
            as_employee.get(relation.get_absolute_url())
        Relation.objects.filter(name="Geheim").update(restricted=True)

        page = as_employee.get(PAGE).context["groups"]
        shown = as_employee.get(SUGGESTIONS, {"q": " "}).text

        assert [(group.title, [hit.title for hit in group.hits]) for group in page] == [
            ("Laatst bekeken", ["Slagerij", "Bakkerij"])
        ]
        assert "Slagerij" in shown
        assert "Geheim" not in shown

    def test_are_nothing_for_who_saw_nothing_yet(self, as_employee):
        assert as_employee.get(SUGGESTIONS, {"q": " "}).text.strip() == ""


class TestPrivacy:
    def test_what_was_searched_for_is_logged_and_kept_nowhere(self, as_employee, caplog):
        with caplog.at_level(logging.INFO):
            as_employee.get(PAGE, {"q": "geheimeklant"})
            as_employee.get(PAGE, {"q": "geheimeklant" * 30})

        assert "geheimeklant" not in caplog.text
        assert "geheimeklant" not in str(dict(as_employee.session))
