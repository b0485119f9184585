"""Beheer / Medewerkers: who works here, inviting a colleague, and one employee's account."""

from django.contrib import messages
from django.db import transaction
from django.db.models import Exists, OuterRef, Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from crm.accounts import presenting, second_step
from crm.accounts.actions import employees
from crm.accounts.forms.employees import EmployeeForm
from crm.accounts.history import has_history
from crm.accounts.models import Employee, ErasingGrant, SignIn
from crm.accounts.views.permissions import may_change_employees
from crm.core.optimistic import status_of

FORM = ["GET", "HEAD", "POST"]
NEWEST = 10  # sign-ins and changes on the page of an employee


@require_safe
@may_change_employees
def employee_list(request):
    listed = _employees().order_by("-is_active", "name", "pk")
    return render(request, "accounts/employee_list.html", {"employees": listed})


@require_safe
@may_change_employees
def employee(request, pk):
    record = get_object_or_404(_employees(), pk=pk)
    context = {
        "employee": record,
        "changes": presenting.changes(record)[:NEWEST],
        "sign_ins": SignIn.objects.filter(employee=record)[:NEWEST],
        "is_oneself": record.pk == request.user.pk,
    }
    return render(request, "accounts/employee.html", context)


@require_http_methods(FORM)
@may_change_employees
def employee_new(request):
    form = EmployeeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        invited = employees.invite(**form.answers, by=request.user)
        messages.success(
            request, _("%(employee)s gets a mail with a link to choose a password.") % {"employee": invited}
        )
        return redirect("accounts:employee", invited.pk)
    return render(request, "accounts/employee_new.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(FORM)
@may_change_employees
@transaction.atomic
def employee_edit(request, pk):
    """Saving holds the lock from judging the form until the commit, so that no other change slips in between."""
    rows = Employee.objects.select_for_update() if request.method == "POST" else Employee
    record = get_object_or_404(rows, pk=pk)
    form = EmployeeForm(request.POST if request.method == "POST" else None, instance=record)
    if request.method == "POST" and form.is_valid():
        employees.change(Employee(pk=pk), **form.answers, by=request.user)
        messages.success(request, _("The account has been changed."))
        return redirect("accounts:employee", pk)
    context = {"form": form, "employee": Employee.objects.get(pk=pk)}
    return render(request, "accounts/employee_edit.html", context, status=status_of(form))


@require_POST
@may_change_employees
def invitation(request, pk):
    record = get_object_or_404(Employee, pk=pk)
    employees.invite_again(record, by=request.user)
    messages.success(request, _("%(employee)s gets a mail with a link to choose a password.") % {"employee": record})
    return redirect("accounts:employee", pk)


@require_http_methods(FORM)
@may_change_employees
def employee_deletion(request, pk):
    """Offered only for who has no history; says why not of anybody else (R107)."""
    record = get_object_or_404(Employee, pk=pk)
    if request.method == "POST":
        employees.delete(record, by=request.user)
        messages.success(request, _("The account of %(employee)s has been deleted.") % {"employee": record})
        return redirect("accounts:employee_list")
    context = {"employee": record, "has_history": has_history(record)}
    return render(request, "accounts/employee_deletion.html", context)


def _employees():
    """With roles, the open grant of the right to erase, and whether there is a second step."""
    grants = ErasingGrant.objects.open().select_related("by")
    return Employee.objects.annotate(
        has_second_step=Exists(second_step.steps_of(OuterRef("pk"))),
    ).prefetch_related("groups", Prefetch("erasing_grants", grants, to_attr="open_grants"))
