"""The right to erase: granted to one employee, and withdrawn (R97)."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from crm.accounts.actions import permissions
from crm.accounts.models import Employee
from crm.accounts.views.permissions import may_change_employees


@require_POST
@may_change_employees
def erasing_grant(request, pk):
    employee = get_object_or_404(Employee, pk=pk)
    permissions.grant_erasing(employee, by=request.user)
    messages.success(request, _("%(employee)s may now erase archived relations.") % {"employee": employee})
    return redirect("accounts:employee_list")


@require_POST
@may_change_employees
def erasing_withdrawal(request, pk):
    employee = get_object_or_404(Employee, pk=pk)
    permissions.withdraw_erasing(employee, by=request.user)
    messages.success(request, _("%(employee)s may not erase relations any more.") % {"employee": employee})
    return redirect("accounts:employee_list")
