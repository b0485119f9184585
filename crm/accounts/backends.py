"""What an employee may: through roles, by name, and the right to erase that an administrator granted to one (R97)."""

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.models import Permission

from crm.accounts.models import ErasingGrant
from crm.accounts.roles import ERASE


class RolesBackend(AuthenticationBackend):
    """As Django's, with the rights of roles and those by name in one query instead of two: every page asks for them."""

    def get_all_permissions(self, employee, obj=None):
        if not employee.is_active or employee.is_anonymous or obj is not None:
            return set()
        if not hasattr(employee, "_perm_cache"):
            rights = Permission.objects.order_by().values_list("content_type__app_label", "codename")
            own, of_roles = rights.filter(user=employee.pk), rights.filter(group__user=employee.pk)
            employee._perm_cache = {f"{app}.{codename}" for app, codename in own.union(of_roles).order_by()}
        return employee._perm_cache


class ErasingGrantBackend(BaseBackend):
    """Gives the right to whoever has an open grant. Not remembered with the employee, so a withdrawal works at once."""

    def get_user_permissions(self, employee, obj=None):
        may_erase = employee.is_active and ErasingGrant.objects.open().filter(employee=employee.pk).exists()
        return {ERASE} if may_erase else set()

    def has_perm(self, employee, permission, obj=None):
        return permission == ERASE and permission in self.get_user_permissions(employee)
