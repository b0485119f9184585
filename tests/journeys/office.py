"""What people of the office do on the screens, in their own words. Each takes the browser's page; none knows Django.

Links and buttons are found by what they are called, fields by their label: as somebody does who looks at the screen.
"""

import re

from playwright.sync_api import expect


def press(page, name):
    page.get_by_role("button", name=name, exact=isinstance(name, str)).click()


def follow(page, name):
    page.get_by_role("main").get_by_role("link", name=name, exact=isinstance(name, str)).first.click()


def see(page, heading):
    """The page with this title is there."""
    expect(page.get_by_role("heading", level=1, name=heading)).to_be_visible()


# coming and going


def sign_in(page, email, password):
    page.goto("/aanmelden/")
    page.get_by_label("E-mailadres").fill(email)
    page.get_by_label("Wachtwoord").fill(password)
    press(page, "Aanmelden")
    expect(page.get_by_role("button", name="Afmelden")).to_be_visible()
    page.wait_for_load_state("load")


def sign_out(page):
    press(page, "Afmelden")
    see(page, "Aanmelden")


def menu(page):
    return page.get_by_role("navigation", name="Menu")


def open_menu(page, entry):
    menu(page).get_by_role("link", name=re.compile(rf"^\s*{entry}")).click()


# relations


def search_relations(page, text):
    page.goto("/relaties/")
    field = page.get_by_role("searchbox", name="Snel zoeken")
    field.fill(text)
    field.press("Enter")


def find_relation(page, name):
    """Opens the page of the relation with this name, found by searching for it; returns its number."""
    search_relations(page, name)
    page.get_by_role("row").filter(has_text=name).get_by_role("link", name=name, exact=True).click()
    see(page, name)
    return number_of(page)


def number_of(page):
    return re.search(r"/ (\d+)", page.locator(".page-head").inner_text()).group(1)


def tick(page, *names):
    """Waits until the server knows."""
    page.wait_for_load_state("load")
    for name in names:
        with page.expect_response(re.compile("/relaties/selectie/")):
            page.get_by_role("checkbox", name=f"{name} selecteren", exact=True).check()


def open_tab(page, title):
    parts = page.get_by_role("navigation", name="Onderdelen van deze relatie")
    parts.get_by_role("link", name=re.compile(rf"^{re.escape(title)}( \d+)?$")).click()


def tabs(page):
    """What each tab says, with its count."""
    parts = page.get_by_role("navigation", name="Onderdelen van deze relatie")
    return [" ".join(text.split()) for text in parts.get_by_role("link").all_inner_texts()]


def facts(page):
    return page.locator("section.card").filter(has=page.get_by_role("heading", name="Gegevens")).inner_text()


# importing


def choose_file(page, path):
    open_menu(page, "Relaties")
    follow(page, "Relaties importeren")
    page.locator("input[type=file]").set_input_files(path)
    press(page, "Bestand inlezen")


# what stands in the way of archiving, made and solved


def write_hours(page, relation, hours, *, rate="95"):
    open_menu(page, "Urenstaat")
    follow(page, "Regel voor regel")
    page.get_by_label("Relatie", exact=True).fill(relation)
    page.get_by_label("Uren", exact=True).fill(hours)
    page.get_by_label("Uurtarief").fill(rate)
    page.get_by_label("Omschrijving").fill("Btw-aangifte")
    press(page, "Uren opslaan")


def agree_on_price(page, title, *, total, instalment, due):
    """On the page of the relation."""
    page.goto(page.url.rstrip("/") + "/prijsafspraken/")
    follow(page, "Nieuwe prijsafspraak")
    page.get_by_label("Titel").fill(title)
    page.get_by_label("Totaal").fill(total)
    page.get_by_label("Begint op").fill(due)
    first = page.get_by_role("group", name="Termijn 1")
    first.get_by_label("Vervaldatum").fill(due)
    first.get_by_label("Bedrag").fill(instalment)
    press(page, "Opslaan")


def let_pay(page, debtor):
    """On the page of the relation whose invoices somebody else pays from now on."""
    follow(page, "Bewerken")
    page.get_by_label("Factuurdebiteur").fill(debtor)
    press(page, "Opslaan")


def link_portal(page, portal, number, since):
    """On the page of the relation."""
    page.goto(page.url.rstrip("/") + "/portals/")
    follow(page, "Portal koppelen of ontkoppelen")
    page.get_by_label("Portal", exact=True).select_option(portal)
    page.get_by_label("Nummer bij de portal").fill(number)
    page.get_by_label("Sinds").fill(since)
    press(page, "Portal koppelen")


def check(page, question="Kan dit gearchiveerd worden?"):
    """The card that answers the question on the page of a relation."""
    return page.locator("section.card").filter(has=page.get_by_role("heading", name=question))


# archiving, restoring, erasing


def archive_selection(page):
    page.get_by_role("region", name="Selectie").get_by_role("button", name="Archiveren").click()


def confirm_archiving(page, reason):
    """On the page of the act: the reason, a tick for what asks for one, community messages kept."""
    page.get_by_label("Reden").select_option(reason)
    keep_community(page)
    for box in page.locator("form input[type=checkbox]").all():
        box.check()
    press(page, re.compile("archiveren$"))


def keep_community(page):
    for keep in page.get_by_role("radio", name="Bewaren").all():
        keep.check()


def confirm_erasing(page, reason, typed):
    page.get_by_label("Reden").select_option(reason)
    keep_community(page)
    for box in page.locator("input[type=checkbox][name^=answer]").all():
        box.check()
    page.get_by_label("Typ het").fill(typed)
    press(page, "Definitief verwijderen")


def rows(page):
    """What the rows of the tables say."""
    return [" ".join(row.split()) for row in page.get_by_role("row").all_inner_texts()]


def panel(page):
    """What the open tab of a relation holds."""
    return page.locator("main section.card").first.inner_text()
