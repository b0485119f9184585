"""The way of a customer: invited, in, asking, reading, out, kept out, in again (R81-R84)."""

import re

import pytest
from django.core import mail
from playwright.sync_api import expect

from tests import factories
from tests.journeys import accessibility, office

PASSWORD, NEW = "een-heel-nieuw-woord", "nog-een-nieuwer-woord"
EMAIL = "clara@bakkerij.example"


@pytest.fixture
def relation():
    """With an environment, an unpaid invoice and a document that is not shared yet."""
    relation = factories.RelationFactory(name="Bakkerij Jansen", email=EMAIL)
    factories.SubscriptionFactory(relation=relation, database="klant-nl-01", contractant="KL-1")
    invoice = factories.InvoiceFactory(relation=relation, number="2026-0017")
    factories.InvoiceLineFactory(invoice=invoice)
    factories.UploadedDossierItemFactory(relation=relation, title="Huurovereenkomst")
    factories.AccountTypeFactory(name="Klant")
    return relation


@pytest.fixture
def customer(browser, browser_context_args):
    """A browser of their own."""
    context = browser.new_context(**browser_context_args)
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


@pytest.fixture(autouse=True)
def address(settings, base_url):
    settings.SITE_URL = base_url


def part(page, name):
    page.get_by_role("navigation", name="Menu").get_by_role("link", name=name).click()


def invite(page, relation):
    """By the office: the first time, the sender is asked too."""
    page.goto(f"/relaties/{relation.pk}/portalaccounts/")
    office.follow(page, "Accounts beheren")
    accessibility.inspect(page)
    page.get_by_label("Naam", exact=True).fill("Clara Jansen")
    page.get_by_label("Accounttype").select_option("Klant")
    page.get_by_label("Afzender", exact=True).fill("Kantoor De Wit")
    page.get_by_label("E-mailadres van de afzender").fill("info@kantoor.example")
    office.press(page, "Account maken en uitnodigen")
    expect(page.get_by_text("De uitnodiging is onderweg")).to_be_visible()
    return re.search(r"http\S+", mail.outbox[-1].body).group()


def choose_password(page, link):
    page.goto(link)
    accessibility.inspect(page)
    page.get_by_label("Nieuw wachtwoord", exact=True).fill(PASSWORD)
    page.get_by_label("Nieuw wachtwoord, nog een keer").fill(PASSWORD)
    office.press(page, "Opslaan en aanmelden")
    office.see(page, "Welkom, Bakkerij Jansen")


def sign_in(page, password=PASSWORD):
    page.goto("/portaal/aanmelden/")
    page.get_by_label("E-mailadres").fill(EMAIL)
    page.get_by_label("Wachtwoord").fill(password)
    office.press(page, "Aanmelden")


def ask(page, tmp_path):
    file = tmp_path / "bon.pdf"
    file.write_bytes(b"%PDF-1.4 bon")
    part(page, "Vragen")
    office.follow(page, "Vraag stellen")
    accessibility.inspect(page)
    page.get_by_label("Waar gaat het over?").fill("Btw over de auto")
    page.get_by_label("Bijlage").set_input_files(file)
    office.press(page, "Vraag versturen")
    office.see(page, "Btw over de auto")


class TestACustomer:
    def test_is_invited_and_finds_everything(self, as_employee, customer, relation, tmp_path):
        choose_password(customer, invite(as_employee, relation))
        accessibility.inspect(customer)

        with customer.expect_download() as download:
            office.follow(customer, re.compile("Factuur 2026-0017"))
        assert download.value.suggested_filename == "factuur-2026-0017.pdf"

        ask(customer, tmp_path)
        as_employee.goto(f"/relaties/{relation.pk}/gesprekken/")
        office.follow(as_employee, "Btw over de auto")
        accessibility.inspect(as_employee)
        as_employee.get_by_label("Uw bericht").fill("Wij zoeken het uit.")
        office.press(as_employee, "Antwoord versturen")
        customer.reload()
        expect(customer.get_by_text("Wij zoeken het uit.")).to_be_visible()
        expect(customer.get_by_role("link", name="bon.pdf")).to_be_visible()
        accessibility.inspect(customer)

        as_employee.goto(f"/relaties/{relation.pk}/gedeelde-documenten/")
        office.press(as_employee, re.compile("Delen: Huurovereenkomst"))
        part(customer, "Documenten")
        expect(customer.get_by_role("link", name="Huurovereenkomst")).to_be_visible()
        accessibility.inspect(customer)

        part(customer, "Community")
        customer.get_by_label("Uw bericht").fill("Wie bewaart bonnen digitaal?")
        office.press(customer, "Plaatsen")
        accessibility.inspect(customer)
        office.follow(customer, re.compile("0 antwoorden"))
        office.press(customer, "Vind-ik-leuk")
        expect(customer.get_by_text("1 keer leuk gevonden")).to_be_visible()
        accessibility.inspect(customer)

        part(customer, "Mijn gegevens")
        accessibility.inspect(customer)
        office.follow(customer, "Wijziging doorgeven")
        customer.get_by_label("Wat is er gewijzigd?").fill("Wij verhuizen per 1 mei.")
        office.press(customer, "Versturen")
        expect(customer.get_by_text("Wij passen uw gegevens aan.")).to_be_visible()
        as_employee.goto(f"/relaties/{relation.pk}/berichten/")
        expect(as_employee.get_by_text("Wijziging van gegevens, uit het klantportaal")).to_be_visible()

    def test_is_blocked_with_a_message_and_let_in_again(self, as_employee, customer, relation):
        """R84"""
        choose_password(customer, invite(as_employee, relation))

        office.follow(as_employee, re.compile("Blokkeren"))
        as_employee.get_by_label("Bericht aan de klant").fill("Bel ons over de facturen.")
        office.press(as_employee, "Blokkeren")
        part(customer, "Facturen")
        expect(customer.get_by_text("Bel ons over de facturen.")).to_be_visible()
        accessibility.inspect(customer)
        sign_in(customer)
        expect(customer.get_by_text("Bel ons over de facturen.")).to_be_visible()

        office.press(as_employee, re.compile("Deblokkeren"))
        sign_in(customer)
        office.see(customer, "Welkom, Bakkerij Jansen")

    def test_forgets_the_password_and_chooses_another(self, as_employee, customer, relation):
        """R82"""
        choose_password(customer, invite(as_employee, relation))
        office.press(customer, "Afmelden")
        accessibility.inspect(customer)

        office.follow(customer, "Wachtwoord vergeten?")
        customer.get_by_label("E-mailadres").fill(EMAIL)
        office.press(customer, "Mail mij een link")
        accessibility.inspect(customer)
        customer.goto(re.search(r"http\S+", mail.outbox[-1].body).group())
        customer.get_by_label("Nieuw wachtwoord", exact=True).fill(NEW)
        customer.get_by_label("Nieuw wachtwoord, nog een keer").fill(NEW)
        office.press(customer, "Opslaan en aanmelden")
        office.see(customer, "Welkom, Bakkerij Jansen")
        office.press(customer, "Afmelden")

        sign_in(customer, PASSWORD)
        expect(customer.get_by_text("horen niet bij elkaar")).to_be_visible()
        sign_in(customer, NEW)
        office.see(customer, "Welkom, Bakkerij Jansen")
