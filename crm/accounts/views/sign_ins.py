"""Beheer / Aanmeldingen: who signed in, when, how, and what came of it."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from crm.accounts.tables import SignInListing
from crm.accounts.views.permissions import may_change_employees


@require_safe
@may_change_employees
def sign_in_list(request):
    listing = SignInListing(request.GET)
    return render(request, "accounts/sign_in_list.html", {"listing": listing}, status=listing.status)
