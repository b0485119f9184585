import pytest
from django.contrib.auth.models import Permission

from crm.accounts.roles import ensure_roles
from tests.factories import EmployeeFactory

pytestmark = pytest.mark.django_db
EMPLOYEE = {
    *(f"relations.{verb}_relation" for verb in ("view", "add", "change", "archive", "import")),
    "jobs.use_bulk",
    "portals.manage_accounts",
}
ADMIN = {
    "relations.restore_relation",
    "relations.restrict_relation",
    "relations.erase_relation",
    "relations.delete_small",
    "relations.share_with_office",
    "accounts.change_employee",
    "jobs.view_every_job",
    "portals.change_accounttype",
    "billing.lock_month",
}


class TestRoles:
    def test_let_every_employee_archive_but_not_restore_or_erase(self):
        """R2, R3"""
        assert EmployeeFactory(roles=["Medewerker"]).get_all_permissions() == EMPLOYEE

    def test_let_only_the_administrator_restore_and_erase(self):
        """R3"""
        assert EmployeeFactory(roles=["Beheerder"]).get_all_permissions() == ADMIN

    def test_let_who_has_none_do_nothing(self):
        assert EmployeeFactory(roles=["Geen"]).get_all_permissions() == set()

    def test_let_who_has_left_do_nothing(self):
        assert EmployeeFactory(roles=["Medewerker", "Beheerder"], is_active=False).get_all_permissions() == set()

    def test_have_exactly_their_permissions_after_every_migration(self):
        employee = EmployeeFactory(roles=["Medewerker"])
        employee.groups.get().permissions.add(Permission.objects.get(codename="erase_relation"))

        ensure_roles()

        assert employee.get_all_permissions() == EMPLOYEE
