"""The main job of the product in one go, as two people of the office do it (issue 2: "How it is proved")."""

import re
from datetime import date

from playwright.sync_api import expect

from relations.models import Relation
from tests import factories
from tests.data import GEMEENTEN
from tests.journeys import office
from tests.journeys.accessibility import inspect
from tests.journeys.conftest import PASSWORD

WORKED_FOR, AGREED_WITH, PAYS, PAID_FOR = "Gemeente Aalsmeer", "Gemeente Aalten", "Gemeente Almelo", "Gemeente Ameland"
THREE = (WORKED_FOR, AGREED_WITH, PAYS)
TODAY = date.today().isoformat()


class TestTheLifeOfARelation:
    def test_from_the_file_to_the_register_of_erasures(self, page, employee, admin):
        """R1-R8, R17-R23, R33-R38, R72, R75, R79, R87, R89, R95, R96."""
        office.sign_in(page, employee.email, PASSWORD)
        import_the_file(page)
        give_them_something_to_lose()
        make_each_blocker(page)
        see_that_none_can_be_archived(page)
        solve_each_blocker(page)
        before = as_it_is(page, AGREED_WITH)
        archive_three(page)
        see_them_gone(page)
        office.sign_out(page)

        office.sign_in(page, admin.email, PASSWORD)
        restore(page, AGREED_WITH)
        assert as_it_is(page, AGREED_WITH) == before
        figures = all_reports(page)
        number = erase(page, WORKED_FOR)
        assert all_reports(page) == figures
        see_only_figures_left(page, number)


def import_the_file(page):
    """The whole of gemeenten.csv: columns, dry run, confirm."""
    inspect(page)
    office.choose_file(page, GEMEENTEN)
    office.see(page, "Kolommen van het bestand")
    inspect(page)
    office.press(page, "Regels controleren")
    office.see(page, "Import controleren")
    inspect(page)
    office.press(page, "380 relaties importeren")
    expect(page.get_by_text("380 relaties geïmporteerd.")).to_be_visible()
    inspect(page)
    office.follow(page, "Naar de relaties")
    expect(page.get_by_text("1–50 van 380")).to_be_visible()
    inspect(page)


def give_them_something_to_lose():
    """What has no form yet: a contact, notes and a task of one of them, a link between two."""
    one, other = (Relation.objects.get(name=name) for name in (AGREED_WITH, PAID_FOR))
    factories.ContactFactory(relation=one)
    factories.NoteFactory.create_batch(2, relation=one)
    factories.NoteFactory(relation=one, archived=True)
    factories.TaskLinkFactory(relation=one)
    factories.RelationLinkFactory(from_relation=one, to_relation=other)
    factories.ContactFactory(relation=Relation.objects.get(name=WORKED_FOR))


def make_each_blocker(page):
    number = office.find_relation(page, WORKED_FOR)
    expect(office.check(page)).to_contain_text("Ja")
    office.write_hours(page, number, "2,5")
    inspect(page)
    says_no(page, WORKED_FOR, "urenstaatregel")  # R5

    office.find_relation(page, AGREED_WITH)
    office.agree_on_price(page, "Jaarwerk", total="900", instalment="450", due=TODAY)
    says_no(page, AGREED_WITH, "termijn")  # R6

    number = office.find_relation(page, PAYS)
    office.find_relation(page, PAID_FOR)
    office.let_pay(page, number)
    says_no(page, PAYS, "actuurdebiteur van 1 andere relatie")  # R7

    office.find_relation(page, PAYS)
    office.link_portal(page, "Pinkweb", "PW-1", TODAY)
    inspect(page)
    says_no(page, PAYS, "koppeling met een portal")  # R8


def says_no(page, name, reason):
    office.find_relation(page, name)
    expect(office.check(page)).to_contain_text("Nog niet")
    expect(office.check(page)).to_contain_text(reason)
    inspect(page)


def see_that_none_can_be_archived(page):
    office.search_relations(page, "Gemeente A")
    office.tick(page, *THREE)
    office.archive_selection(page)
    office.see(page, "3 relaties archiveren")
    expect(page.get_by_role("link", name=re.compile("Oplossen"))).to_have_count(4)
    expect(page.get_by_role("button", name=re.compile("archiveren$"))).to_have_count(0)
    inspect(page)


def solve_each_blocker(page):
    """Each by the link that the relation's page offers."""
    follow_the_finding(page, WORKED_FOR, "urenstaatregel")
    inspect(page)
    office.press(page, "Alles factureren")
    inspect(page)
    office.press(page, "Op verzonden zetten")
    office.press(page, "Betaling opslaan")

    follow_the_finding(page, AGREED_WITH, "termijn")
    office.press(page, "Alles factureren")
    office.press(page, "Op verzonden zetten")

    follow_the_finding(page, PAYS, "actuurdebiteur")
    inspect(page)
    office.press(page, "Debiteur van 1 relatie leegmaken")
    follow_the_finding(page, PAYS, "portal")
    page.get_by_role("button", name=re.compile("^Ontkoppelen")).click()

    for name in THREE:
        office.find_relation(page, name)
        expect(office.check(page)).to_contain_text("Ja")


def follow_the_finding(page, name, reason):
    office.find_relation(page, name)
    office.check(page).get_by_role("link", name=re.compile(reason)).click()


def as_it_is(page, name):
    """The relation as its page shows it: parts with their counts, facts, contacts and notes."""
    office.find_relation(page, name)
    shown = [office.tabs(page), office.facts(page)]
    for part in ("Contactpersonen", "Notities", "Koppelingen", "Facturen"):
        office.open_tab(page, part)
        shown.append(office.panel(page))
    return shown


def archive_three(page):
    """R2, R19, R72, R75, R79."""
    office.search_relations(page, "Gemeente A")
    office.tick(page, *THREE)
    expect(page.get_by_role("region", name="Selectie")).to_contain_text("3 relaties geselecteerd")
    inspect(page)
    office.archive_selection(page)
    office.see(page, "3 relaties archiveren")
    expect(page.get_by_label(re.compile("factuur staat nog open"))).to_be_visible()
    inspect(page)
    office.confirm_archiving(page, "switched")
    expect(page.get_by_text(re.compile("3 relaties gearchiveerd"))).to_be_visible()
    inspect(page)


def see_them_gone(page):
    """R17 from the list, R18 from where a relation is chosen, R3 and R20 from the menu of an employee."""
    for name in THREE:
        office.search_relations(page, name)
        office.see(page, "Relaties")
        expect(page.get_by_role("link", name=name, exact=True)).to_have_count(0)
    inspect(page)
    office.write_hours(page, WORKED_FOR, "1")
    expect(page.get_by_text("Er is geen actieve relatie met dit nummer of deze naam.")).to_be_visible()
    inspect(page)
    expect(office.menu(page).get_by_text("Gearchiveerde relaties")).to_have_count(0)


def restore(page, name):
    """R20, R21, R22."""
    office.open_menu(page, "Gearchiveerde relaties")
    for archived in THREE:
        expect(page.get_by_role("link", name=archived, exact=True)).to_be_visible()
    inspect(page)
    office.press(page, f"Terugzetten {name}")
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"{name} terugzetten")
    inspect(page)
    office.press(page, "1 relatie terugzetten")
    expect(page.get_by_text(re.compile("1 relatie teruggezet"))).to_be_visible()


def all_reports(page):
    """R35: hours, revenue and debtors, row by row."""
    reports = []
    for path in ("uren", "omzet", "debiteuren"):
        page.goto(f"/rapporten/{path}/")
        inspect(page)
        reports.append(office.rows(page))
    return reports


def erase(page, name):
    """R23, R38, R89, R95: hours and invoices are there, so it is made anonymous."""
    office.open_menu(page, "Gearchiveerde relaties")
    page.get_by_role("link", name=name, exact=True).click()
    number = office.number_of(page)
    inspect(page)
    office.press(page, "Verwijderen…")
    expect(page.get_by_role("heading", level=1)).to_contain_text("anonimiseren")
    expect(page.get_by_text("LET OP: dit kan NIET ongedaan worden gemaakt.")).to_be_visible()
    expect(page.get_by_role("link", name="Annuleren")).to_be_focused()
    inspect(page)
    office.confirm_erasing(page, "request", number)
    expect(page.get_by_text(re.compile("1 relatie .*(geanonimiseerd|verwijderd)"))).to_be_visible()
    inspect(page)
    return number


def see_only_figures_left(page, number):
    """R31, R33, R34, R36, R37, R87: 'Verwijderd' where the relation is still linked, its name and number nowhere."""
    office.search_relations(page, WORKED_FOR)
    expect(page.get_by_role("link", name=WORKED_FOR, exact=True)).to_have_count(0)
    office.open_menu(page, "Gearchiveerde relaties")
    expect(page.get_by_role("link", name=WORKED_FOR, exact=True)).to_have_count(0)

    office.open_menu(page, "Facturen")
    expect(page.get_by_text(WORKED_FOR)).to_have_count(0)
    inspect(page)
    page.get_by_role("link", name="Verwijderd", exact=True).click()
    office.see(page, "Verwijderd")
    expect(page.locator(".page-head")).to_contain_text(re.compile(r"Verwijderd\(.{12,}\)"))
    inspect(page)

    page.goto("/relaties/nieuw/")
    page.get_by_label("Naam", exact=True).fill("Gemeente Nieuw")
    page.get_by_label(re.compile("Nummer")).first.fill(number)
    office.press(page, "Opslaan")
    expect(page.get_by_role("heading", level=1, name="Nieuwe relatie")).to_be_visible()
    inspect(page)
