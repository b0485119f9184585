"""Beheer / Accounttypen: the office's own list (R81)."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db import transaction
from django.db.models import Count, ProtectedError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from crm.core.optimistic import status_of
from crm.core.refusals import Refusal
from portals.accounts.forms import AccountTypeForm
from portals.models import AccountType
from portals.rights import CHANGE_TYPES

may_change_types = permission_required(CHANGE_TYPES, raise_exception=True)


@require_http_methods(["GET", "HEAD", "POST"])
@may_change_types
def account_type_list(request):
    form = AccountTypeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("The account type has been added."))
        return redirect("portals:account_type_list")
    types = AccountType.objects.annotate(count=Count("accounts")).order_by("name")
    context = {"types": types, "form": form}
    return render(request, "portals/accounts/types.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@may_change_types
@transaction.atomic
def account_type(request, pk):
    """Another name: the accounts of this type keep it."""
    rows = AccountType.objects.select_for_update() if request.method == "POST" else AccountType
    record = get_object_or_404(rows, pk=pk)
    form = AccountTypeForm(request.POST if request.method == "POST" else None, instance=record)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("The changes have been saved."))
        return redirect("portals:account_type_list")
    return render(request, "portals/accounts/type.html", {"form": form}, status=status_of(form))


@require_POST
@may_change_types
def account_type_removal(request, pk):
    try:
        get_object_or_404(AccountType, pk=pk).delete()
    except ProtectedError:
        raise Refusal(_("There are accounts of this type. Only a type without accounts can be deleted.")) from None
    messages.success(request, _("The account type has been deleted."))
    return redirect("portals:account_type_list")
