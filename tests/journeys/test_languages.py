"""A colleague from Sweden: signs in, chooses the language where she is, and types figures as she writes them."""

from playwright.sync_api import expect

from tests import factories
from tests.journeys import accessibility
from tests.journeys.conftest import PASSWORD

LIST = "/relaties/?status=client"


def choose(page, name):
    page.locator("[popovertarget=languages]").click()
    page.get_by_role("button", name=name).click()


class TestChoosingALanguage:
    def test_keeps_the_page_with_its_filter(self, as_employee):
        as_employee.goto(LIST)

        choose(as_employee, "Svenska")

        expect(as_employee).to_have_url(LIST)
        expect(as_employee.get_by_role("heading", name="Kunder", exact=True)).to_be_visible()
        assert as_employee.locator("html").get_attribute("lang") == "sv"

    def test_goes_by_keyboard_and_has_nothing_in_the_way(self, as_employee):
        as_employee.goto(LIST)
        as_employee.locator("[popovertarget=languages]").focus()
        as_employee.keyboard.press("Enter")
        accessibility.inspect(as_employee)

        as_employee.keyboard.press("Tab")
        as_employee.keyboard.press("Tab")
        as_employee.keyboard.press("Enter")

        expect(as_employee.get_by_role("heading", name="Relations", exact=True)).to_be_visible()

    def test_can_be_done_before_signing_in(self, page, employee):
        page.goto("/aanmelden/")
        page.get_by_role("button", name="English").click()

        page.get_by_label("E-mail address").fill(employee.email)
        page.get_by_label("Password").fill(PASSWORD)
        accessibility.inspect(page)
        page.get_by_role("button", name="Sign in").click()

        expect(page.get_by_role("heading", level=1, name="Goede")).to_be_visible()

    def test_makes_forms_read_figures_of_that_language(self, as_employee):
        relation = factories.RelationFactory()
        as_employee.goto(f"/relaties/{relation.pk}/nieuwe-prijsafspraak/")
        choose(as_employee, "English")

        as_employee.get_by_label("Title").fill("Jaarwerk")
        as_employee.get_by_label("Total").fill("1,095.50")
        as_employee.get_by_label("Starts on").fill("2026-03-02")
        as_employee.get_by_role("button", name="Save", exact=True).click()
        as_employee.goto(f"/relaties/{relation.pk}/prijsafspraken/")

        expect(as_employee.get_by_text("€1,095.50").first).to_be_visible()
        expect(as_employee.get_by_text("02/03/2026").first).to_be_visible()
