"""390 px wide: nothing makes the page itself scroll sideways."""

import pytest
from playwright.sync_api import expect

from crm.accounts.models import Employee
from tests import factories
from tests.archiving.acting import archive
from tests.journeys import office

LONG = "Vereniging tot Behoud van het Landschappelijk-Archeologisch Erfgoed Westerkwartier"
ADDRESS = "secretariaat.penningmeester@landschappelijk-archeologisch-erfgoed.example"


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {**browser_context_args, "viewport": {"width": 390, "height": 844}, "has_touch": True}


@pytest.fixture
def relations(transactional_db, admin):
    """A full one with a long name, and one in the archive."""
    full, archived = (factories.RelationFactory(name=name, email=ADDRESS) for name in (LONG, f"{LONG} Noord"))
    for relation in (full, archived):
        factories.ContactFactory(relation=relation)
        factories.NoteFactory(relation=relation)
        factories.InvoiceFactory(relation=relation)
    factories.TimesheetLineFactory(relation=full)
    factories.PortalLinkFactory(relation=full)
    factories.RelationFactory(name="Holding", invoice_debtor=full)
    archive(archived, by=admin)
    return {"full": full.pk, "archived": archived.pk}


SCREENS = [
    "/relaties/",
    "/relaties/?q=Vereniging&kind=organisation&status=client",
    "/relaties/nieuw/",
    "/relaties/importeren/",
    "/relaties/{full}/",
    "/relaties/{full}/bewerken/",
    "/relaties/{full}/contactpersonen/",
    "/relaties/{full}/uren/",
    "/relaties/{full}/facturen/",
    "/relaties/{full}/wijzigingen/",
    "/relaties/{full}/te-factureren/",
    "/relaties/{full}/openstaande-facturen/",
    "/relaties/{full}/factuurdebiteur-van/",
    "/relaties/{full}/portalkoppelingen/",
    "/relaties/{full}/nieuwe-prijsafspraak/",
    "/relaties/{archived}/",
    "/urenstaat/",
    "/urenstaat/regels/",
    "/urenstaat/maanden/",
    "/uren/te-factureren/",
    "/taken/",
    "/taken/nieuw/",
    "/agenda/?wie=team",
    "/agenda/afspraken/nieuw/",
    "/agenda/adres/",
    "/facturen/",
    "/rapporten/uren/",
    "/rapporten/omzet/",
    "/rapporten/debiteuren/",
    "/beheer/gearchiveerde-relaties/",
    "/beheer/medewerkers/",
]


def sideways(page):
    """How far the page can be pushed sideways, in px."""
    return page.evaluate("document.documentElement.scrollWidth - window.innerWidth")


class TestOnATelephone:
    @pytest.mark.parametrize("language", ["nl", "en", "sv"])
    def test_no_screen_scrolls_sideways(self, as_admin, admin, relations, language):
        page = as_admin
        Employee.objects.filter(pk=admin.pk).update(language=language)

        wide = {}
        for screen in SCREENS:
            assert page.goto(screen.format(**relations)).ok, screen
            wide[screen] = sideways(page)

        assert {screen: by for screen, by in wide.items() if by > 0} == {}

    @pytest.mark.parametrize(("which", "button"), [("full", "Archiveren…"), ("archived", "Verwijderen…")])
    def test_no_decision_scrolls_sideways(self, as_admin, relations, which, button):
        page = as_admin

        page.goto(f"/relaties/{relations[which]}/")
        office.press(page, button)

        expect(page.get_by_role("heading", level=1)).to_contain_text(LONG)
        assert sideways(page) <= 0

    def test_the_menu_opens(self, as_employee):
        page = as_employee
        expect(office.menu(page)).to_be_hidden()

        office.press(page, "Menu")
        office.open_menu(page, "Urenstaat")

        office.see(page, "Urenstaat")
