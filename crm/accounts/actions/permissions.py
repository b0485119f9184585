"""Who may erase relations besides the administrators, whose role lets them (R97)."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.accounts.models import Employee, ErasingGrant
from crm.core.refusals import Refusal, require

CHANGE = "accounts.change_employee"


@transaction.atomic
def grant_erasing(employee, *, by):
    """Let `employee` erase relations; the open ErasingGrant, also when there was one already."""
    _require_changeable(employee, by)
    grant, _made = ErasingGrant.objects.open().get_or_create(employee=employee, defaults={"by": by})
    return grant


@transaction.atomic
def withdraw_erasing(employee, *, by):
    """Take it back, also from who left or became administrator since; else it would be there again on their return."""
    require(by, CHANGE)
    Employee.objects.select_for_update().get(pk=employee.pk)
    open_grant = ErasingGrant.objects.open().filter(employee=employee)
    if not open_grant.update(withdrawn_by=by, withdrawn_at=timezone.now()):
        _require_changeable(employee, by)


def _require_changeable(employee, by):
    require(by, CHANGE)
    Employee.objects.select_for_update().get(pk=employee.pk)
    if employee.is_admin:
        raise Refusal(_("Administrators may erase through their role. Change the role to change this."))
    if not employee.is_active:
        raise Refusal(_("This employee has left and may do nothing any more. Grant the right to somebody else."))
