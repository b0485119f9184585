import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from crm.accounts.actions import permissions
from crm.accounts.models import Employee, ErasingGrant
from crm.core.refusals import Refusal
from tests.factories import AdminFactory, EmployeeFactory

pytestmark = pytest.mark.django_db
ERASE = "relations.erase_relation"


def fresh(employee):
    """As the next request sees it."""
    return Employee.objects.get(pk=employee.pk)


class TestGrantErasing:
    def test_lets_one_employee_erase(self, employee, admin):
        """R97"""
        other = EmployeeFactory()

        permissions.grant_erasing(employee, by=admin)

        assert fresh(employee).has_perm(ERASE)
        assert not fresh(other).has_perm(ERASE)

    def test_gives_nothing_else(self, employee, admin):
        before = employee.get_all_permissions()

        permissions.grant_erasing(employee, by=admin)

        assert fresh(employee).get_all_permissions() == before | {ERASE}

    def test_records_who_and_when(self, employee, admin):
        """R97"""
        earliest = timezone.now()

        permissions.grant_erasing(employee, by=admin)

        grant = ErasingGrant.objects.get()
        assert (grant.employee, grant.by, grant.withdrawn_by, grant.withdrawn_at) == (employee, admin, None, None)
        assert earliest <= grant.at <= timezone.now()

    def test_twice_is_once(self, employee, admin):
        first = permissions.grant_erasing(employee, by=admin)

        assert permissions.grant_erasing(employee, by=AdminFactory()) == first
        assert ErasingGrant.objects.get().by == admin

    def test_is_refused_without_the_right(self, employee):
        """R97: nobody gets it by another road, not even from somebody to whom it was granted."""
        granted = EmployeeFactory()
        permissions.grant_erasing(granted, by=AdminFactory())

        with pytest.raises(PermissionDenied):
            permissions.grant_erasing(employee, by=fresh(granted))

        assert not fresh(employee).has_perm(ERASE)

    def test_is_refused_for_an_administrator(self, admin):
        with pytest.raises(Refusal):
            permissions.grant_erasing(AdminFactory(), by=admin)

        assert not ErasingGrant.objects.exists()

    def test_is_refused_for_who_has_left(self, admin):
        with pytest.raises(Refusal):
            permissions.grant_erasing(EmployeeFactory(is_active=False), by=admin)

        assert not ErasingGrant.objects.exists()

    def test_means_nothing_once_the_employee_has_left(self, employee, admin):
        permissions.grant_erasing(employee, by=admin)

        Employee.objects.filter(pk=employee.pk).update(is_active=False)

        assert not fresh(employee).has_perm(ERASE)


class TestWithdrawErasing:
    def test_takes_the_right_back(self, employee, admin):
        """R97"""
        permissions.grant_erasing(employee, by=admin)

        permissions.withdraw_erasing(employee, by=admin)

        assert not fresh(employee).has_perm(ERASE)

    def test_works_at_once(self, employee, admin):
        """Also for an employee whose rights were looked up before."""
        permissions.grant_erasing(employee, by=admin)
        assert employee.has_perm(ERASE)

        permissions.withdraw_erasing(employee, by=admin)

        assert not employee.has_perm(ERASE)

    def test_records_who_and_when(self, employee, admin):
        """R97"""
        other = AdminFactory()
        permissions.grant_erasing(employee, by=admin)

        permissions.withdraw_erasing(employee, by=other)

        grant = ErasingGrant.objects.get()
        assert (grant.by, grant.withdrawn_by) == (admin, other)
        assert grant.at <= grant.withdrawn_at

    def test_leaves_the_record_when_it_is_granted_again(self, employee, admin):
        permissions.grant_erasing(employee, by=admin)
        permissions.withdraw_erasing(employee, by=admin)

        permissions.grant_erasing(employee, by=admin)

        assert fresh(employee).has_perm(ERASE)
        assert ErasingGrant.objects.count() == 2

    @pytest.mark.parametrize("since", ["left", "administrator"])
    def test_is_possible_whatever_became_of_the_employee(self, since, employee, admin):
        """R97: else the right would be there again on their return."""
        permissions.grant_erasing(employee, by=admin)
        if since == "left":
            Employee.objects.filter(pk=employee.pk).update(is_active=False)
        else:
            employee.groups.set(admin.groups.all())

        permissions.withdraw_erasing(fresh(employee), by=admin)

        assert not ErasingGrant.objects.open().exists()

    def test_of_nothing_does_nothing(self, employee, admin):
        permissions.withdraw_erasing(employee, by=admin)

        assert not ErasingGrant.objects.exists()

    def test_is_refused_for_an_administrator(self, admin):
        """R97: administrators have it through their role."""
        other = AdminFactory()

        with pytest.raises(Refusal):
            permissions.withdraw_erasing(other, by=admin)

        assert fresh(other).has_perm(ERASE)

    def test_is_refused_without_the_right(self, employee, admin):
        permissions.grant_erasing(employee, by=admin)

        with pytest.raises(PermissionDenied):
            permissions.withdraw_erasing(employee, by=EmployeeFactory())

        assert fresh(employee).has_perm(ERASE)


class TestErasingGrant:
    def test_is_open_once_an_employee(self, employee, admin):
        ErasingGrant.objects.create(employee=employee, by=admin)

        with pytest.raises(IntegrityError), transaction.atomic():
            ErasingGrant.objects.create(employee=employee, by=admin)

    def test_is_withdrawn_by_somebody(self, employee, admin):
        with pytest.raises(IntegrityError), transaction.atomic():
            ErasingGrant.objects.create(employee=employee, by=admin, withdrawn_at=timezone.now())
