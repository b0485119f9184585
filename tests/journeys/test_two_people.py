"""Two people edit one relation at the same time, and what is kept around it (issue 3: optimistic locking)."""

import pytest
from playwright.sync_api import expect

from relations.models import Contact, Relation
from tests.factories import EmployeeFactory, PersonFactory, RelationFactory
from tests.journeys import office
from tests.journeys.accessibility import inspect
from tests.journeys.conftest import PASSWORD


@pytest.fixture
def colleague(new_context, base_url):
    """The page of somebody else, in a browser of their own."""
    kees = EmployeeFactory(name="Kees Bos", email="kees@kantoor.example")
    page = new_context().new_page()
    office.sign_in(page, kees.email, PASSWORD)
    return page


def fill(page, label, text):
    page.get_by_label(label, exact=True).fill(text)


class TestTwoPeople:
    def test_see_what_the_other_changed_and_choose(self, as_employee, colleague):
        RelationFactory(name="Bakkerij Jansen", street="Dorpsstraat 1", postal_code="3511 AB", city="Utrecht")
        mine = as_employee
        for page in (mine, colleague):
            office.find_relation(page, "Bakkerij Jansen")
            office.follow(page, "Bewerken")

        fill(colleague, "Plaats (niet verplicht)", "Zeist")
        fill(colleague, "Website (niet verplicht)", "https://jansen.example")
        office.press(colleague, "Opslaan")
        fill(mine, "Plaats (niet verplicht)", "Breda")
        fill(mine, "Straat en huisnummer (niet verplicht)", "Markt 3")
        office.press(mine, "Opslaan")

        expect(mine.get_by_role("heading", name="Gewijzigd door Kees Bos")).to_be_visible()
        inspect(mine)
        city = mine.get_by_role("row").filter(has_text="Plaats")
        expect(city).to_contain_text("Utrecht")
        city.get_by_role("radio", name="Zeist").check()
        office.press(mine, "Opslaan")
        office.see(mine, "Bakkerij Jansen")

        kept = Relation.objects.get()
        assert (kept.city, kept.street, kept.website) == ("Zeist", "Markt 3", "https://jansen.example")


class TestAContact:
    def test_is_looked_for_first_and_then_typed_in(self, as_employee):
        known = PersonFactory(given_name="Clara", prefix="van der", family_name="Meer")
        RelationFactory(name="Bakkerij Jansen")
        office.find_relation(as_employee, "Bakkerij Jansen")
        office.open_tab(as_employee, "Contactpersonen")

        office.follow(as_employee, "Nieuwe contactpersoon")
        as_employee.get_by_label("Naam of e-mailadres").press_sequentially("clar", delay=20)
        expect(as_employee.get_by_role("link", name="Clara van der Meer kiezen")).to_be_visible()
        inspect(as_employee)
        as_employee.get_by_role("link", name="Clara van der Meer kiezen").click()
        fill(as_employee, "Functie (niet verplicht)", "Directeur")
        office.press(as_employee, "Opslaan")
        expect(as_employee.get_by_text("De contactpersoon is opgeslagen.")).to_be_visible()
        inspect(as_employee)

        office.follow(as_employee, "Nieuwe contactpersoon")
        as_employee.get_by_label("Naam of e-mailadres").fill("Piet Puk")
        office.press(as_employee, "Zoeken")
        office.press(as_employee, "Het is iemand nieuw")
        expect(as_employee.get_by_label("Achternaam")).to_have_value("Puk")
        inspect(as_employee)
        office.press(as_employee, "Opslaan")
        expect(as_employee.get_by_text("De contactpersoon is opgeslagen.")).to_be_visible()

        assert Contact.objects.filter(person=known).count() == 1
        assert Contact.objects.filter(person__given_name="Piet").count() == 1
