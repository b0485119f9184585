"""Pictures of the customer's own pages and of the office's pages about accounts, for pictures.py."""

import re

from tests.journeys import office

CUSTOMER, BLOCKED, PASSWORD = "klant@voorbeeld.example", "geblokkeerd@voorbeeld.example", "welkom-archivaris"


def accounts(page, album):
    """Signed in as employee."""
    page.goto("/relaties/?q=10010")
    page.get_by_role("link", name="10010", exact=True).click()
    page.goto(page.url + "gebruikers/")
    album.take("accounts")
    office.follow(page, re.compile("Blokkeren"))
    album.take("account-block")
    page.goto("/beheer/e-mail/")
    album.take("mail")
    page.goto("/relaties/?q=10008")
    page.get_by_role("link", name="10008", exact=True).click()
    home = page.url
    page.goto(home + "gedeelde-documenten/")
    album.take("shared-documents")
    page.goto(home + "gesprekken/")
    office.follow(page, "Btw over een auto van de zaak")
    album.take("conversation")
    page.goto("/relaties/bulkbewerking/?q=1000")
    office.press(page, re.compile("^Verder met|^Ga verder"))
    page.get_by_role("listitem").filter(has_text="Portalaccounts maken").get_by_role("link", name="Kiezen").click()
    page.get_by_label("Accounttype").select_option("Klant")
    office.press(page, "Toon wat er gaat gebeuren")
    album.take("accounts-bulk")


def customers(page, album):
    """At the customers' door."""
    page.goto("/portaal/aanmelden/")
    album.take("customer-sign-in")
    _sign_in(page, BLOCKED)
    album.take("customer-blocked")
    page.goto("/portaal/aanmelden/")
    _sign_in(page, CUSTOMER)
    album.take("customer-start")
    for name, path in [
        ("questions", "vragen"),
        ("question-new", "vragen/nieuw"),
        ("invoices", "facturen"),
        ("documents", "documenten"),
        ("community", "community"),
        ("data", "gegevens"),
        ("password", "wachtwoord"),
        ("not-found", "facturen/999999"),
    ]:
        page.goto(f"/portaal/{path}/")
        album.take(f"customer-{name}")
    page.goto("/portaal/vragen/")
    office.follow(page, "Btw over een auto van de zaak")
    album.take("customer-question")
    page.goto("/portaal/community/")
    office.follow(page, re.compile("antwoord"))
    album.take("customer-post")


def _sign_in(page, email):
    page.get_by_label("E-mailadres").fill(email)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    office.press(page, "Aanmelden")
