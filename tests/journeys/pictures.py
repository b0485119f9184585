"""Pictures of every main screen for the manual: python -m tests.journeys.pictures ADDRESS FOLDER [all].

The site at ADDRESS holds fresh demo data, of which the first relations show one state each (crm/demo/open_work.py).
Every screen is taken light, those of the main job also dark and on a telephone; with `all`, every one in every look.
"""

import re
import sys
from pathlib import Path

from playwright.sync_api import expect, sync_playwright

from tests.data import GEMEENTEN
from tests.journeys import bulk_pictures, customer_pictures, everyday_pictures, office
from tests.journeys.browser import launch_options

EMPLOYEE, ADMIN = "marieke@kantoor.example", "jan@kantoor.example"
PASSWORD = "welkom-archivaris"
HIGHEST = 1000
LOOKS = {"light": ("light", 1280, 800), "dark": ("dark", 1280, 800), "phone": ("light", 390, 844)}
DARK = {"relations", "relation-blocked", "archive", "erase"}
PHONE = {*DARK, "relations-selected", "to-invoice", "import-check", "archived-relations", "restore"}


class Album:
    def __init__(self, page, folder, every_look):
        self.page, self.folder, self.every_look = page, folder, every_look

    def take(self, name):
        """The open page, without loading it again; the one that a click asked for may still be on its way."""
        self.page.wait_for_load_state()
        shown = {"light": True, "dark": name in DARK, "phone": name in PHONE}
        for look, settings in LOOKS.items():
            if shown[look] or self.every_look:
                self._take(name, look, *settings)
        self.page.emulate_media(color_scheme="light")
        self.page.set_viewport_size({"width": 1280, "height": 800})

    def _take(self, name, look, scheme, width, height):
        self.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        self.page.set_viewport_size({"width": width, "height": height})
        long = self.page.evaluate("document.documentElement.scrollHeight")
        self.page.set_viewport_size({"width": width, "height": max(height, min(long, HIGHEST))})
        self.page.screenshot(path=self.folder / f"{name}-{look}.png")


def open_number(page, number, part=""):
    page.goto(f"/relaties/?q={number}")
    page.get_by_role("link", name=number, exact=True).click()
    office.see(page, re.compile("."))
    if part:
        page.goto(page.url + part)


def relations(page, album):
    page.goto("/aanmelden/")
    album.take("sign-in")
    office.sign_in(page, EMPLOYEE, PASSWORD)
    album.take("start")
    page.goto("/zoeken/?q=bakker")
    album.take("search")
    page.goto("/relaties/?sort=name")
    album.take("relations")
    page.goto("/relaties/?status=former&kind=organisation&sort=-name")
    album.take("relations-filtered")
    page.locator("details.filter-fields summary").click()
    album.take("relations-filter")
    open_number(page, "10050")
    album.take("relation")
    page.goto(page.url + "wijzigingen/")
    album.take("relation-changes")
    page.goto("/relaties/nieuw/")
    album.take("relation-new")
    for name, part in [
        ("relation-blocked", ""),
        ("relation-hours", "uren/"),
        ("relation-contacts", "contactpersonen/"),
        ("relation-edit", "bewerken/"),
    ]:
        open_number(page, "10009", part)
        album.take(name)


def billing(page, album):
    for name, part in [
        ("to-invoice", "te-factureren/"),
        ("invoice-debtor", "factuurdebiteur-van/"),
        ("portal-links", "portalkoppelingen/"),
        ("subscriptions", "alle-abonnementen/"),
        ("price-agreement", "nieuwe-prijsafspraak/"),
    ]:
        open_number(page, "10009", part)
        album.take(name)
    open_number(page, "10010", "openstaande-facturen/")
    album.take("open-invoices")
    page.goto("/urenstaat/")
    album.take("timesheet")
    page.goto("/uren/te-factureren/")
    album.take("unbilled")
    page.goto("/taken/?assignee=me")
    album.take("tasks")
    page.goto("/agenda/")
    album.take("agenda")
    page.goto("/facturen/")
    album.take("invoices")
    page.locator("td a.lead").first.click()
    album.take("invoice")


def importing(page, album):
    office.open_menu(page, "Relaties")
    office.follow(page, "Relaties importeren")
    album.take("import")
    office.choose_file(page, GEMEENTEN)
    album.take("import-columns")
    office.press(page, "Regels controleren")
    album.take("import-check")
    office.press(page, re.compile("importeren$"))
    album.take("import-result")
    office.follow(page, "Ongedaan maken")
    album.take("import-undo")


def archiving(page, album):
    office.search_relations(page, "Gemeente Aal")
    office.tick(page, "Gemeente Aalsmeer", "Gemeente Aalten")
    album.take("relations-selected")
    page.goto("/relaties/?q=1000")
    page.locator("[data-tick-page]").check()
    expect(page.get_by_role("region", name="Selectie")).to_contain_text("9 relaties geselecteerd")
    office.archive_selection(page)
    album.take("archive-several")
    open_number(page, "10011")
    office.press(page, "Archiveren…")
    album.take("archive")
    open_number(page, "10010")
    office.press(page, "Archiveren…")
    office.confirm_archiving(page, "inactive")
    expect(page.get_by_text("1 relatie gearchiveerd")).to_be_visible()
    album.take("archive-done")
    page.goto("/beheer/gearchiveerde-relaties/")
    album.take("refused")
    page.goto("/relaties/99999/")
    album.take("not-found")
    page.goto("/")
    office.sign_out(page)


def administering(page, album):
    office.sign_in(page, ADMIN, PASSWORD)
    page.wait_for_load_state("networkidle")
    album.take("start-administrator")
    page.goto("/beheer/belemmeringen/")
    album.take("blockers")
    page.goto("/beheer/gearchiveerde-relaties/")
    album.take("archived-relations")
    for row in (1, 2):
        page.locator("[data-tick]").nth(row).check()
    album.take("archived-relations-selected")
    open_archived(page, "10019")
    album.take("relation-archived")
    office.press(page, "Terugzetten…")
    album.take("restore")
    open_archived(page, "10016")
    office.press(page, "Verwijderen…")
    album.take("erase-blocked")
    open_archived(page, "10018")
    office.press(page, "Verwijderen…")
    album.take("erase")
    office.confirm_erasing(page, "request", "10018")
    expect(page.get_by_text(re.compile("1 relatie (geanonimiseerd|verwijderd)"))).to_be_visible()
    album.take("erase-done")
    page.goto("/relaties/38/")
    album.take("relation-erased")
    page.goto("/beheer/medewerkers/")
    album.take("employees")
    office.follow(page, "Ruben Vermeulen")
    office.follow(page, re.compile("Uit dienst melden"))
    album.take("departure")
    page.goto("/account/")
    album.take("my-account")
    for name, path in [("report-hours", "uren"), ("report-revenue", "omzet"), ("report-debtors", "debiteuren")]:
        page.goto(f"/rapporten/{path}/")
        album.take(name)


def open_archived(page, number):
    page.goto(f"/beheer/gearchiveerde-relaties/?q={number}")
    page.get_by_role("link", name=number, exact=True).click()


def take_all(address, folder, every_look):
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(**launch_options())
        page = chromium.new_context(base_url=address, locale="nl-NL").new_page()
        page.set_default_timeout(15_000)
        album = Album(page, folder, every_look)
        portal = (customer_pictures.accounts, customer_pictures.customers)
        bulk = (bulk_pictures.employee, bulk_pictures.administrator)
        day = (everyday_pictures.employee, everyday_pictures.administrator)
        for part in (
            relations,
            billing,
            importing,
            day[0],
            bulk[0],
            *portal,
            archiving,
            administering,
            day[1],
            bulk[1],
        ):
            part(page, album)
        chromium.close()


if __name__ == "__main__":
    take_all(sys.argv[1], Path(sys.argv[2]), every_look="all" in sys.argv[3:])
