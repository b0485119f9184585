"""What someone may not do is not on the screen, and is refused at the address."""

import pytest
from playwright.sync_api import expect

from crm.accounts.actions import permissions
from relations.models import Relation
from tests import factories
from tests.archiving.acting import archive
from tests.journeys import office


@pytest.fixture
def archived(admin):
    relation = factories.RelationFactory(name="Bakkerij Jansen")
    archive(relation, by=admin)
    return relation


def send(page, address):
    """POST as a form of this browser would; the status of the answer."""
    cookies = {cookie["name"]: cookie["value"] for cookie in page.context.cookies()}
    return page.request.post(address, headers={"X-CSRFToken": cookies["csrftoken"]}).status


class TestAnEmployee:
    def test_sees_nothing_of_the_administration(self, as_employee):
        """R3, R20."""
        page = as_employee

        expect(office.menu(page)).to_contain_text("Urenstaat")
        expect(office.menu(page)).not_to_contain_text("Gearchiveerde relaties")
        expect(office.menu(page)).not_to_contain_text("Medewerkers")

    def test_sees_an_archived_relation_without_the_ways_out(self, as_employee, archived):
        """R3"""
        page = as_employee

        page.goto(f"/relaties/{archived.pk}/")

        expect(page.get_by_text("Vraag een beheerder")).to_be_visible()
        expect(page.get_by_role("button", name="Terugzetten…")).to_have_count(0)
        expect(page.get_by_role("button", name="Verwijderen…")).to_have_count(0)
        expect(page.get_by_role("link", name="Bewerken")).to_have_count(0)

    @pytest.mark.parametrize("address", ["/beheer/gearchiveerde-relaties/", "/beheer/medewerkers/"])
    def test_is_refused_the_pages_of_the_administration(self, as_employee, address):
        """R3, R20, R97"""
        page = as_employee

        assert page.goto(address).status == 403

        office.see(page, "U hebt hier geen recht toe")

    @pytest.mark.parametrize("act", ["terugzetten", "verwijdering"])
    def test_is_refused_restoring_and_erasing(self, as_employee, archived, act):
        """R3"""
        assert send(as_employee, f"/relaties/{archived.pk}/{act}/") == 403

        assert Relation.objects.archived().filter(pk=archived.pk).exists()

    def test_cannot_grant_the_right_to_erase(self, as_employee, employee):
        """R97"""
        assert send(as_employee, f"/beheer/medewerkers/{employee.pk}/verwijderrecht/") == 403

    def test_with_the_right_may_erase_and_not_restore(self, as_employee, employee, admin, archived):
        """R97: granted by an administrator, it works at once."""
        page = as_employee

        permissions.grant_erasing(employee, by=admin)
        page.goto("/")
        office.open_menu(page, "Gearchiveerde relaties")

        expect(page.get_by_role("button", name="Verwijderen… Bakkerij Jansen")).to_be_visible()
        expect(page.get_by_role("button", name="Terugzetten Bakkerij Jansen")).to_have_count(0)
        assert send(page, f"/relaties/{archived.pk}/terugzetten/") == 403


class TestAnAdministrator:
    def test_grants_the_right_to_erase_and_takes_it_back(self, as_admin, employee):
        """R97"""
        page = as_admin

        office.open_menu(page, "Medewerkers")
        office.press(page, "Verwijderrecht geven aan Marieke de Wit")
        expect(page.get_by_text("Marieke de Wit mag nu gearchiveerde relaties verwijderen.")).to_be_visible()
        office.press(page, "Verwijderrecht intrekken van Marieke de Wit")

        expect(page.get_by_text("Marieke de Wit mag geen relaties meer verwijderen.")).to_be_visible()


class TestAVisitor:
    @pytest.mark.parametrize("address", ["/relaties/", "/rapporten/uren/", "/beheer/gearchiveerde-relaties/"])
    def test_is_asked_to_sign_in_and_then_goes_on(self, page, admin, address):
        page.goto(address)
        office.see(page, "Aanmelden")

        page.get_by_label("E-mailadres").fill(admin.email)
        page.get_by_label("Wachtwoord").fill("geheim-12345")
        office.press(page, "Aanmelden")

        page.wait_for_url(f"**{address}")
