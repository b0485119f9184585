import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from crm.accounts.actions import permissions
from crm.accounts.models import Employee, ErasingGrant
from tests.factories import AdminFactory, EmployeeFactory

pytestmark = pytest.mark.django_db
LIST = "/beheer/medewerkers/"


def grant_url(employee):
    return reverse("accounts:erasing_grant", args=[employee.pk])


def withdrawal_url(employee):
    return reverse("accounts:erasing_withdrawal", args=[employee.pk])


def may_erase(employee):
    return Employee.objects.get(pk=employee.pk).has_perm("relations.erase_relation")


class TestEmployeeList:
    def test_shows_name_e_mail_address_and_roles(self, as_admin):
        EmployeeFactory(name="Anneke Bakker", email="a.bakker@kantoor.example")

        page = as_admin.get(LIST).text

        assert "Anneke Bakker" in page
        assert "a.bakker@kantoor.example" in page
        assert "Beheerder" in page

    def test_offers_to_grant_the_right_to_who_lacks_it(self, as_admin):
        """R97"""
        lacking = EmployeeFactory()

        page = as_admin.get(LIST).text

        assert f'action="{grant_url(lacking)}"' in page
        assert f'action="{withdrawal_url(lacking)}"' not in page

    def test_says_who_granted_it_and_offers_to_withdraw_it(self, as_admin, admin):
        """R97"""
        granted = EmployeeFactory()
        permissions.grant_erasing(granted, by=admin)

        page = as_admin.get(LIST).text

        assert "door Jan Smit" in page
        assert f'action="{withdrawal_url(granted)}"' in page
        assert f'action="{grant_url(granted)}"' not in page

    def test_says_why_it_cannot_be_withdrawn_from_an_administrator(self, as_admin, admin):
        """R97"""
        page = as_admin.get(LIST).text

        assert "door de rol, hier niet in te trekken" in page
        assert f'action="{withdrawal_url(admin)}"' not in page

    def test_offers_nothing_for_who_has_left(self, as_admin):
        left = EmployeeFactory(is_active=False)

        assert f'action="{grant_url(left)}"' not in as_admin.get(LIST).text

    def test_asks_the_database_as_often_for_thirty_as_for_three(self, as_admin, admin):
        for _n in range(3):
            permissions.grant_erasing(EmployeeFactory(), by=admin)
        few = self._queries(as_admin)
        for _n in range(27):
            permissions.grant_erasing(EmployeeFactory(), by=admin)

        assert self._queries(as_admin) == few

    def _queries(self, client):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(LIST)
        return len(queries)

    def test_is_in_the_menu_of_administrators_only(self, as_admin, client):
        """R3"""
        link = f'href="{LIST}"'
        assert link in as_admin.get(LIST).text

        client.force_login(EmployeeFactory())

        assert link not in client.get("/", follow=True).text

    def test_is_for_who_is_signed_in(self, client):
        assert client.get(LIST).url.startswith("/aanmelden/")

    def test_is_refused_to_an_employee(self, as_employee):
        assert as_employee.get(LIST).status_code == 403

    def test_is_refused_to_an_employee_who_may_erase(self, as_employee, employee):
        permissions.grant_erasing(employee, by=AdminFactory())

        assert as_employee.get(LIST).status_code == 403

    def test_is_only_for_looking(self, as_admin):
        assert as_admin.post(LIST).status_code == 405


class TestGrantingAndWithdrawing:
    def test_grants_the_right(self, as_admin):
        """R97"""
        employee = EmployeeFactory(name="Anneke Bakker")

        response = as_admin.post(grant_url(employee), follow=True)

        assert may_erase(employee)
        assert "Anneke Bakker mag nu gearchiveerde relaties verwijderen." in response.text

    def test_withdraws_the_right(self, as_admin, admin):
        """R97"""
        employee = EmployeeFactory(name="Anneke Bakker")
        permissions.grant_erasing(employee, by=admin)

        response = as_admin.post(withdrawal_url(employee), follow=True)

        assert not may_erase(employee)
        assert "Anneke Bakker mag geen relaties meer verwijderen." in response.text

    def test_refuses_in_words_what_cannot_be(self, as_admin, admin):
        response = as_admin.post(withdrawal_url(admin))

        assert response.status_code == 409
        assert "Beheerders mogen verwijderen door hun rol." in response.text
        assert may_erase(admin)

    @pytest.mark.parametrize("address", [grant_url, withdrawal_url])
    def test_is_for_who_is_signed_in(self, client, employee, address):
        assert client.post(address(employee)).url.startswith("/aanmelden/")
        assert not ErasingGrant.objects.exists()

    @pytest.mark.parametrize("address", [grant_url, withdrawal_url])
    def test_is_refused_to_an_employee(self, as_employee, employee, address):
        """R97"""
        assert as_employee.post(address(employee)).status_code == 403
        assert not may_erase(employee)

    @pytest.mark.parametrize("address", [grant_url, withdrawal_url])
    def test_happens_by_button_only(self, as_admin, employee, address):
        assert as_admin.get(address(employee)).status_code == 405
        assert not may_erase(employee)

    @pytest.mark.parametrize("address", [grant_url, withdrawal_url])
    def test_knows_no_employee_that_does_not_exist(self, as_admin, address):
        assert as_admin.post(address(Employee(pk=999_999))).status_code == 404
