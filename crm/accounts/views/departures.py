"""An employee leaves: the checklist in one screen (R109); or comes back, or lost the second step."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from crm.accounts import holdings, presenting
from crm.accounts.actions import offboarding
from crm.accounts.forms.employees import DepartureForm
from crm.accounts.models import Employee
from crm.accounts.views.permissions import may_change_employees
from crm.core.refusals import Refusal


@require_http_methods(["GET", "HEAD", "POST"])
@may_change_employees
def departure(request, pk):
    leaver = get_object_or_404(Employee, pk=pk)
    if not leaver.is_active:
        raise Refusal(_("This employee has left already."))
    held = holdings.held_by(leaver)
    form = DepartureForm(
        request.POST if request.method == "POST" else None,
        leaver=leaver,
        needs_successor=any(line.count and not line.holding.ends for line in held),
    )
    if request.method == "POST" and form.is_valid():
        counts = offboarding.let_go(leaver, **form.answers, by=request.user)
        messages.success(request, presenting.departed(leaver, form.answers["to"], counts))
        return redirect("accounts:employee", pk)
    context = {"employee": leaver, "held": held, "form": form, "is_oneself": leaver.pk == request.user.pk}
    return render(request, "accounts/departure.html", context, status=422 if form.errors else 200)


@require_POST
@may_change_employees
def homecoming(request, pk):
    returning = get_object_or_404(Employee, pk=pk)
    offboarding.take_back(returning, by=request.user)
    messages.success(
        request,
        _("%(employee)s works here again, and gets a mail with a link to choose a password.") % {"employee": returning},
    )
    return redirect("accounts:employee", pk)


@require_POST
@may_change_employees
def second_step_removal(request, pk):
    record = get_object_or_404(Employee, pk=pk)
    offboarding.remove_second_step(record, by=request.user)
    messages.success(request, _("The second step of %(employee)s has been removed.") % {"employee": record})
    return redirect("accounts:employee", pk)
