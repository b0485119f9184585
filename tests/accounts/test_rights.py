"""What an employee may, and what asking for it costs."""

import pytest
from django.contrib.auth.models import Permission

from crm.accounts.models import Employee

pytestmark = pytest.mark.django_db


@pytest.fixture
def anew(employee):
    employee.user_permissions.add(Permission.objects.get(codename="restrict_relation"))
    return Employee.objects.get(pk=employee.pk)


class TestRights:
    def test_come_from_roles_and_by_name(self, anew):
        assert anew.has_perms(["relations.view_relation", "relations.restrict_relation"])
        assert not anew.has_perm("relations.restore_relation")

    def test_cost_one_query(self, anew, django_assert_num_queries):
        with django_assert_num_queries(1):
            assert anew.has_perm("relations.view_relation")
            assert anew.has_perm("relations.restrict_relation")

    def test_are_none_of_who_left(self, anew):
        anew.is_active = False

        assert not anew.has_perm("relations.view_relation")
