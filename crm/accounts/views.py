"""Signing in and out, and Beheer / Medewerkers."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required, permission_required
from django.contrib.auth.views import LoginView, LogoutView
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from crm.accounts import languages
from crm.accounts.actions import permissions, preferences
from crm.accounts.forms import SignInForm
from crm.accounts.models import Employee, ErasingGrant
from crm.core.refusals import Refusal

may_change_employees = permission_required(permissions.CHANGE, raise_exception=True)


class SignIn(LoginView):
    template_name = "accounts/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get(self, request, *args, **kwargs):
        """A fragment was asked after the session had ended: the whole page must sign in again, not a part of it."""
        return HttpResponseClientRefresh() if request.htmx else super().get(request, *args, **kwargs)


sign_in = SignIn.as_view()
sign_out = LogoutView.as_view()


@login_not_required
@require_POST
def language(request):
    """Also for who is not signed in: the page to sign in can be read in each language."""
    chosen = request.POST.get("language", "")
    if chosen not in dict(settings.LANGUAGES):
        raise Refusal(_("This language is not there. Choose one of the list."), status=400)
    if request.user.is_authenticated:
        preferences.choose_language(request.user, language=chosen)
    return languages.remember(redirect(languages.page_before(request)), chosen)


@require_safe
@may_change_employees
def employee_list(request):
    grants = ErasingGrant.objects.open().select_related("by")
    employees = Employee.objects.order_by("-is_active", "name", "pk").prefetch_related(
        "groups", Prefetch("erasing_grants", grants, to_attr="open_grants")
    )
    return render(request, "accounts/employee_list.html", {"employees": employees})


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
