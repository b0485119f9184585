"""An employee's first morning: finds a relation, notes what was said, and finishes a task; who may delete is told."""

import re

import pytest
from playwright.sync_api import expect

from relations.models import ClientActivity, Contact, Note, Task
from tests import factories
from tests.journeys import office

PDF = b"%PDF-1.7 verslag"


@pytest.fixture
def relation():
    relation = factories.RelationFactory(name="Bakkerij Jansen")
    factories.TaskLinkFactory(relation=relation, task__subject="Btw-aangifte oktober")
    return relation


class TestTheFirstMorning:
    def test_finds_notes_adds_and_finishes(self, as_employee, admin, relation):
        """R99, R103, R105"""
        page = as_employee
        office.find_relation(page, "Bakkerij Jansen")

        write_note(page, "Wil voortaan maandcijfers.")
        add_contact(page, "Clara", "Meer")
        add_activity(page, "Kennismaking")
        finish_task(page, "Btw-aangifte oktober")

        activity = ClientActivity.objects.get()
        assert Note.objects.get().text == "Wil voortaan maandcijfers."
        assert Contact.objects.get().person.family_name == "Meer"
        assert activity.attachments.get().file.read() == PDF
        assert Task.objects.get().done_at

        ask_to_delete(page, relation, activity)

        expect(page.get_by_text(f"Vraag het aan: {admin.name}")).to_be_visible()
        assert ClientActivity.objects.count() == 1


class TestAnAdministrator:
    def test_deletes_what_was_entered_twice_with_what_hangs_under_it(self, as_admin, relation):
        """R98, R99, R104, R106"""
        page = as_admin
        activity = factories.ClientActivityFactory(relation=relation, subject="Dubbel gesprek")
        factories.NoteFactory.create_batch(2, relation=relation, activity=activity)

        ask_to_delete(page, relation, activity)
        expect(page.get_by_text("Bewaren is meestal beter.")).to_be_visible()
        expect(page.get_by_role("listitem").filter(has_text="Notities")).to_contain_text("2")
        page.get_by_label("Dubbel ingevoerd").check()
        office.press(page, "Verwijderen")

        expect(page.get_by_text("Verwijderd: klantactiviteit.")).to_be_visible()
        assert not ClientActivity.objects.exists()
        assert not Note.objects.exists()
        page.goto(f"/relaties/{relation.pk}/wijzigingen/")
        expect(page.get_by_text("Dubbel ingevoerd; 2 notities")).to_be_visible()


def write_note(page, text):
    office.open_tab(page, "Notities")
    office.follow(page, "Nieuwe notitie")
    page.get_by_label("Tekst").fill(text)
    office.press(page, "Opslaan")
    expect(page.get_by_text(text)).to_be_visible()


def add_contact(page, given_name, family_name):
    office.open_tab(page, "Contactpersonen")
    office.follow(page, re.compile("Nieuwe? contactpersoon"))
    page.get_by_role("main").get_by_role("textbox").first.fill(f"{given_name} {family_name}")
    office.press(page, "Zoeken")
    office.press(page, re.compile("nieuw"))
    office.press(page, "Opslaan")
    expect(page.get_by_text(f"{given_name} {family_name}", exact=True)).to_be_visible()


def add_activity(page, subject):
    office.open_tab(page, "Activiteiten")
    office.follow(page, "Nieuwe activiteit")
    page.get_by_label("Onderwerp").fill(subject)
    page.get_by_label("Bijlagen").set_input_files({"name": "verslag.pdf", "mimeType": "application/pdf", "buffer": PDF})
    office.press(page, "Opslaan")
    expect(page.get_by_role("link", name="verslag.pdf")).to_be_visible()
    office.follow(page, "Activiteiten")


def finish_task(page, subject):
    office.open_tab(page, "Taken")
    office.follow(page, subject)
    office.press(page, "Taak gereed melden")
    expect(page.get_by_role("button", name="Taak heropenen")).to_be_visible()


def ask_to_delete(page, relation, activity):
    page.goto(f"/relaties/{relation.pk}/activiteiten/")
    page.get_by_role("button", name=f"Meer voor {activity.subject}").click()
    page.get_by_role("link", name="Verwijderen…").last.click()
