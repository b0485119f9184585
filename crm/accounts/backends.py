"""The right to erase that an administrator granted to one employee (R97)."""

from django.contrib.auth.backends import BaseBackend

from crm.accounts.models import ErasingGrant
from crm.accounts.roles import ERASE


class ErasingGrantBackend(BaseBackend):
    """Gives the right to whoever has an open grant. Not remembered with the employee, so a withdrawal works at once."""

    def get_user_permissions(self, employee, obj=None):
        may_erase = employee.is_active and ErasingGrant.objects.open().filter(employee=employee.pk).exists()
        return {ERASE} if may_erase else set()

    def has_perm(self, employee, permission, obj=None):
        return permission == ERASE and permission in self.get_user_permissions(employee)
