"""A decision without touching the mouse: every step can be reached with Tab, and is seen where it is."""

from playwright.sync_api import expect

from archiving.models import Erasure
from relations.models import Relation
from tests import factories
from tests.archiving.acting import archive
from tests.journeys import office
from tests.journeys.accessibility import inspect

FARTHEST = 60  # presses of Tab before we give up


def go_to(page, target):
    """Presses Tab until `target` has the focus, which must be visible."""
    for _ in range(FARTHEST):
        page.keyboard.press("Tab")
        if target.evaluate("it => it === document.activeElement"):
            assert target.evaluate(IS_MARKED), "the focus is not to be seen"
            return
    raise AssertionError(f"not reached with Tab: {target}")


IS_MARKED = "it => getComputedStyle(it).outlineStyle !== 'none' || getComputedStyle(it).boxShadow !== 'none'"


class TestWithTheKeyboardOnly:
    def test_a_relation_is_archived(self, as_employee):
        """R19, R72, R75, R79: from the relation's page through the questions to the confirmation."""
        page = as_employee
        relation = factories.RelationFactory(name="Bakkerij Jansen")
        factories.InvoiceFactory(relation=relation)

        page.goto(f"/relaties/{relation.pk}/")
        go_to(page, page.get_by_role("button", name="Archiveren…"))
        page.keyboard.press("Enter")
        office.see(page, f"{relation.number} · Bakkerij Jansen archiveren")
        go_to(page, page.get_by_label("1 factuur staat nog open"))
        page.keyboard.press("Space")
        go_to(page, page.get_by_label("Reden"))
        page.keyboard.press("ArrowDown")
        go_to(page, page.get_by_label("Toelichting"))
        page.keyboard.type("Verhuisd")
        go_to(page, page.get_by_label("Ik bevestig dat ik"))
        page.keyboard.press("Space")
        go_to(page, page.get_by_role("button", name="1 relatie archiveren"))
        page.keyboard.press("Enter")

        expect(page.get_by_text("1 relatie gearchiveerd")).to_be_visible()
        archival = Relation.objects.get(pk=relation.pk).archival
        assert (archival.reason, archival.note) == ("switched", "Verhuisd")

    def test_what_is_missing_is_said_and_led_to(self, as_employee):
        page = as_employee
        relation = factories.RelationFactory(name="Bakkerij Jansen")

        page.goto(f"/relaties/{relation.pk}/")
        office.press(page, "Archiveren…")
        page.locator("form").evaluate_all("forms => forms.forEach(form => (form.noValidate = true))")
        go_to(page, page.get_by_role("button", name="1 relatie archiveren"))
        page.keyboard.press("Enter")

        expect(page.get_by_role("alert")).to_contain_text("Er is nog niets gedaan.")
        go_to(page, page.get_by_role("alert").get_by_role("link", name="Reden"))
        page.keyboard.press("Enter")
        assert Relation.objects.active().filter(pk=relation.pk).exists()

    def test_erasing_starts_at_cancel(self, as_admin, admin):
        """R38: whoever presses Enter at once has erased nothing."""
        page = as_admin
        relation = factories.RelationFactory(name="Bakkerij Jansen")
        archive(relation, by=admin)

        page.goto(f"/relaties/{relation.pk}/")
        office.press(page, "Verwijderen…")
        expect(page.get_by_role("link", name="Annuleren")).to_be_focused()
        page.keyboard.press("Enter")

        office.see(page, "Gearchiveerde relaties")
        assert not Erasure.objects.exists()

    def test_a_relation_is_searched_and_opened(self, as_employee):
        """From any page: the slash, its number, and down into what is suggested."""
        page = as_employee
        factories.RelationFactory(name="Bakkerij Jansen", number="77001")

        page.wait_for_load_state("load")  # the scripts have run
        page.keyboard.press("/")
        expect(page.get_by_role("searchbox", name="Zoeken", exact=True)).to_be_focused()
        page.keyboard.type("77001")
        suggested = page.locator("#search-suggestions").get_by_role("link", name="Bakkerij Jansen")
        expect(suggested).to_be_visible()
        page.keyboard.press("ArrowDown")
        expect(suggested).to_be_focused()
        page.keyboard.press("Enter")

        office.see(page, "Bakkerij Jansen")

    def test_all_results_are_a_page_that_comes_back(self, as_employee):
        page = as_employee
        factories.RelationFactory(name="Bakkerij Jansen")

        page.wait_for_load_state("load")
        page.keyboard.press("/")
        page.keyboard.type("bakk")
        page.keyboard.press("Enter")
        office.see(page, "Zoeken")
        inspect(page)
        go_to(page, page.get_by_role("main").get_by_role("link", name="Bakkerij Jansen"))
        page.keyboard.press("Enter")
        office.see(page, "Bakkerij Jansen")
        page.go_back()

        office.see(page, "Zoeken")

    def test_escape_puts_the_suggestions_away(self, as_employee):
        page = as_employee
        factories.RelationFactory(name="Bakkerij Jansen")

        page.wait_for_load_state("load")
        page.keyboard.press("/")
        page.keyboard.type("bakk")
        expect(page.locator("#search-suggestions")).to_be_visible()
        page.keyboard.press("Escape")

        expect(page.locator("#search-suggestions")).to_be_hidden()
        expect(page.get_by_role("searchbox", name="Zoeken", exact=True)).to_be_focused()
