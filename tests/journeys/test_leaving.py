"""The journey of an employee through the office: invited, at work with a second step, and let go."""

import re

import pytest
from django.core import mail
from playwright.sync_api import expect

from tests import factories
from tests.journeys import office
from tests.journeys.accessibility import inspect

CHOSEN = "paard-batterij-nietje"


@pytest.fixture
def sanne(transactional_db):
    return factories.EmployeeFactory(name="Sanne Bakker", email="sanne@kantoor.example")


@pytest.fixture
def work(sanne):
    """What is open in Sanne's name."""
    factories.RelationFactory(name="Bakkerij Jansen", manager=sanne)
    link = factories.TaskLinkFactory(task__subject="Jaarrekening nakijken", task__assignee=sanne)
    return link.task


@pytest.fixture
def fingerprint(context, page):
    """A telephone with a fingerprint, as the browser sees it."""
    session = context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True}
    options |= {"hasUserVerification": True, "isUserVerified": True}
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


class TestAnAdministrator:
    def test_lets_a_colleague_go(self, as_admin, browser, base_url, sanne, work, employee):
        """R107, R108, R109"""
        page = as_admin
        theirs = browser.new_page(base_url=base_url, locale="nl-NL")
        office.sign_in(theirs, sanne.email, "geheim-12345")

        office.open_menu(page, "Medewerkers")
        office.follow(page, "Sanne Bakker")
        office.follow(page, re.compile("Verwijderen"))
        expect(page.get_by_text("Deze medewerker heeft hier historie")).to_be_visible()
        office.follow(page, re.compile("Uit dienst melden"))
        inspect(page)
        expect(page.get_by_role("row", name="Openstaande taken 1 naar de collega")).to_be_visible()
        page.get_by_label("Wie neemt het werk over").select_option(label=employee.name)
        office.press(page, "Sanne Bakker uit dienst melden")

        expect(page.get_by_text("Naar Marieke de Wit: beheerde relaties 1, openstaande taken 1.")).to_be_visible()
        inspect(page)
        theirs.goto("/relaties/")
        office.see(theirs, "Aanmelden")
        page.goto(f"/taken/{work.pk}/")
        expect(page.get_by_role("main")).to_contain_text("Marieke de Wit")
        theirs.close()

    def test_invites_a_colleague_who_comes_in(self, as_admin, page, base_url):
        office.open_menu(page, "Medewerkers")
        office.follow(page, "Collega uitnodigen")
        page.get_by_label("Naam").fill("Anneke Bakker")
        page.get_by_label("E-mailadres").fill("anneke@kantoor.example")
        office.press(page, "Uitnodiging sturen")
        expect(page.get_by_text("Anneke Bakker krijgt een mail")).to_be_visible()
        office.sign_out(page)

        page.goto(re.search(r"/wachtwoord/\S+", mail.outbox[-1].body).group())
        inspect(page)
        page.get_by_label("Nieuw wachtwoord", exact=True).fill(CHOSEN)
        page.get_by_label("Nieuw wachtwoord nogmaals").fill(CHOSEN)
        office.press(page, "Wachtwoord opslaan")

        office.sign_in(page, "anneke@kantoor.example", CHOSEN)


class TestAnEmployee:
    def test_signs_in_with_a_passkey(self, as_employee, fingerprint):
        page = as_employee

        page.get_by_role("link", name="Mijn account").click()
        inspect(page)
        office.follow(page, "Passkey toevoegen")
        page.get_by_label("Wachtwoord").fill("geheim-12345")
        office.press(page, "Bevestigen")
        office.see(page, "Passkey toevoegen")
        office.press(page, "Passkey toevoegen")
        office.see(page, "Herstelcodes")
        office.sign_out(page)
        office.press(page, "Met een passkey")

        expect(page.get_by_role("button", name="Afmelden")).to_be_visible()

    def test_without_a_passkey_is_told_to_use_the_password(self, page, employee, fingerprint):
        page.goto("/aanmelden/")

        office.press(page, "Met een passkey")

        expect(page.get_by_text("Dit lukte niet met een passkey.")).to_be_visible()
