"""The main flows of a day without touching the mouse, and what single keys do."""

import pytest
from playwright.sync_api import expect

from billing.models import TimesheetLine
from relations.models import Relation
from tests import factories
from tests.journeys import office
from tests.journeys.test_with_the_keyboard import go_to


@pytest.fixture
def relation(admin):
    return factories.RelationFactory(name="Bakkerij Jansen", number="77001")


def ready(page):
    """The scripts have run."""
    page.wait_for_load_state("load")
    return page


class TestFlows:
    def test_a_relation_is_found_changed_and_saved(self, as_employee, relation):
        page = ready(as_employee)

        page.keyboard.press("/")
        page.keyboard.type("77001")
        page.keyboard.press("Enter")
        go_to(page, page.get_by_role("main").get_by_role("link", name="Bakkerij Jansen 77001"))
        page.keyboard.press("Enter")
        office.see(page, "Bakkerij Jansen")
        ready(page).keyboard.press("e")
        office.see(page, "Bakkerij Jansen bewerken")
        go_to(page, page.locator("[name=city]"))
        page.keyboard.press("Control+A")
        page.keyboard.type("Zeist")
        page.keyboard.press("Control+Enter")

        office.see(page, "Bakkerij Jansen")
        assert Relation.objects.get(pk=relation.pk).city == "Zeist"

    def test_hours_are_written(self, as_employee, relation):
        page = as_employee

        page.goto("/urenstaat/regels/")
        go_to(page, page.get_by_label("Relatie", exact=True))
        page.keyboard.type("77001")
        go_to(page, page.get_by_label("Uren", exact=True))
        page.keyboard.type("2")
        go_to(page, page.get_by_label("Uurtarief"))
        page.keyboard.type("95")
        page.keyboard.press("Control+Enter")

        expect(page.get_by_text("De uren zijn opgeslagen.")).to_be_visible()
        assert TimesheetLine.objects.get().relation == relation

    def test_a_relation_is_restricted(self, as_admin, admin, relation):
        page = as_admin

        page.goto(f"/relaties/{relation.pk}/")
        go_to(page, page.get_by_role("link", name="Afschermen…"))
        page.keyboard.press("Enter")
        office.see(page, "Wie deze relatie ziet")
        go_to(page, page.get_by_role("button", name="Afschermen voor wie is aangevinkt"))
        page.keyboard.press("Enter")

        expect(page.get_by_text("Alleen wie toegang heeft ziet deze relatie nu.")).to_be_visible()
        assert relation in Relation.objects.visible_to(admin)

    def test_a_set_is_ticked_and_taken_to_bulk_editing(self, as_employee):
        page = as_employee
        factories.RelationFactory.create_batch(3)

        page.goto("/relaties/?sort=name")
        box = page.locator("[data-tick]").first
        go_to(page, box)
        with page.expect_response(lambda answer: "/relaties/selectie/" in answer.url):
            page.keyboard.press("Space")
        go_to(page, page.get_by_role("region", name="Selectie").get_by_role("button", name="Archiveren"))
        page.keyboard.press("Enter")

        expect(page.get_by_role("heading", level=1)).to_contain_text("archiveren")


class TestShortcuts:
    def test_are_listed_by_the_question_mark(self, as_employee):
        page = ready(as_employee)
        sheet = page.get_by_role("dialog", name="Sneltoetsen")

        page.keyboard.press("?")
        expect(sheet).to_be_visible()
        expect(page.get_by_role("button", name="Sneltoetsen sluiten")).to_be_focused()
        page.keyboard.press("Escape")

        expect(sheet).to_be_hidden()

    def test_are_listed_by_the_button_in_the_foot(self, as_employee):
        page = as_employee

        office.press(page, "Sneltoetsen")

        expect(page.get_by_role("dialog", name="Sneltoetsen")).to_be_visible()

    def test_make_something_new(self, as_employee):
        page = as_employee

        page.goto("/relaties/?sort=name")
        ready(page).keyboard.press("n")

        office.see(page, "Nieuwe relatie")

    def test_go_through_the_parts_of_a_relation(self, as_employee, relation):
        page = as_employee
        factories.NoteFactory(relation=relation)

        page.goto(f"/relaties/{relation.pk}/")
        ready(page).keyboard.press("]")
        expect(page).not_to_have_url(f"/relaties/{relation.pk}/")
        ready(page).keyboard.press("[")

        expect(page).to_have_url(f"/relaties/{relation.pk}/")

    def test_do_nothing_while_somebody_types(self, as_employee):
        page = as_employee

        page.goto("/relaties/nieuw/")
        page.get_by_label("Naam", exact=True).fill("")
        ready(page).keyboard.type("?en/j")

        expect(page.get_by_label("Naam", exact=True)).to_have_value("?en/j")
        expect(page.get_by_role("dialog", name="Sneltoetsen")).to_be_hidden()

    def test_of_one_key_can_be_turned_off(self, as_employee, relation):
        page = ready(as_employee)

        page.keyboard.press("?")
        page.get_by_label("Losse toetsen doen iets").uncheck()
        page.goto(f"/relaties/{relation.pk}/")
        ready(page).keyboard.press("e")

        office.see(page, "Bakkerij Jansen")
        assert "bewerken" not in page.url


class TestNeighbours:
    """The previous and next record within the current filter."""

    @pytest.fixture
    def three(self, transactional_db):
        for name in ("Aannemer Bos", "Bakkerij Jansen", "Cafetaria Smit"):
            factories.RelationFactory(name=name, city="Zeist")
        factories.RelationFactory(name="Bloemist Vink", city="Utrecht")

    def test_are_those_of_the_list_it_was_opened_from(self, as_employee, three):
        page = as_employee
        page.goto("/relaties/?city=Zeist&sort=name")
        ready(page).get_by_role("link", name="Bakkerij Jansen").click()

        ready(page).keyboard.press("Shift+J")
        office.see(page, "Cafetaria Smit")
        ready(page).keyboard.press("Shift+K")
        office.see(page, "Bakkerij Jansen")
        ready(page).get_by_role("link", name="Vorige relatie van de lijst").click()
        office.see(page, "Aannemer Bos")

        expect(ready(page).get_by_role("link", name="Volgende relatie van de lijst")).to_be_visible()
        expect(page.get_by_role("link", name="Vorige relatie van de lijst")).to_be_hidden()

    def test_open_at_the_same_part(self, as_employee, three):
        page = as_employee
        page.goto("/relaties/?city=Zeist&sort=name")
        ready(page).get_by_role("link", name="Aannemer Bos").click()
        office.open_tab(page, "Taken")

        ready(page).keyboard.press("Shift+J")

        office.see(page, "Bakkerij Jansen")
        assert page.url.endswith("/taken/")

    def test_go_on_with_the_next_page_of_the_list(self, as_employee, transactional_db):
        page = as_employee
        factories.RelationFactory.create_batch(51, city="Zeist")
        page.goto("/relaties/?city=Zeist&sort=name")
        last = ready(page).locator("tbody a.lead").last
        last.click()
        expect(ready(page).get_by_role("link", name="Volgende pagina van de lijst")).to_be_visible()

        page.keyboard.press("Shift+J")

        expect(page.get_by_text("51–51 van 51")).to_be_visible()

    def test_are_not_offered_where_no_list_was(self, as_employee, relation):
        page = as_employee

        page.goto(f"/relaties/{relation.pk}/")

        expect(ready(page).get_by_role("link", name="Volgende relatie van de lijst")).to_be_hidden()
