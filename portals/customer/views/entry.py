"""Coming in and going out."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from portals import tokens
from portals.accounts import passwords
from portals.customer import sessions
from portals.customer.access import closed, closed_page, for_customers, for_everybody
from portals.customer.forms import ForgottenForm, OwnPasswordForm, PasswordForm, SignInForm
from portals.customer.limits import Limit

LINKS = Limit("portal-link", most=3, seconds=3600)
FORM = ["GET", "HEAD", "POST"]


@require_http_methods(FORM)
@for_everybody
def sign_in(request):
    """A blocked account reads its message, one of an archived relation whom to ask; only with the right password."""
    form = SignInForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        context = {"form": form, "next": _next(request)}
        return render(request, "portals/customer/sign_in.html", context, status=422 if form.errors else 200)
    if reason := closed(form.account):
        return sessions.end(request, closed_page(request, form.account, reason))
    passwords.signed_in(form.account)
    return sessions.begin(request, redirect(_next(request) or "customer:start"), form.account)


def _next(request):
    """Where they were going, when that is a page of the portal."""
    url = request.POST.get("next") or request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(url, {request.get_host()}, request.is_secure())
    return url if is_ours and url.startswith(sessions.PATH) else ""


@require_POST
@for_everybody
def sign_out(request):
    return sessions.end(request, redirect("customer:sign_in"))


@require_http_methods(FORM)
@for_everybody
def forgotten(request):
    """Answers the same whether the address is known or not."""
    form = ForgottenForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "portals/customer/forgotten.html", {"form": form}, status=422 if form.errors else 200)
    address = form.cleaned_data["email"]
    if not LINKS.is_reached(address):
        LINKS.count(address)
        passwords.mail_link(address)
    return render(request, "portals/customer/forgotten.html", {"is_asked": True})


@require_http_methods(FORM)
@for_everybody
def password(request, token):
    """Where the link in an invitation or reset leads."""
    account = tokens.account_of(token)
    if account is None:
        return _dead_link(request)
    if reason := closed(account):
        return closed_page(request, account, reason)
    form = PasswordForm(request.POST if request.method == "POST" else None, account=account)
    if request.method != "POST" or not form.is_valid():
        context = {"form": form, "account": account}
        return render(request, "portals/customer/password.html", context, status=422 if form.errors else 200)
    account = passwords.choose_with_link(token, form.cleaned_data["new"])
    return sessions.begin(request, redirect("customer:start"), account) if account else _dead_link(request)


def _dead_link(request):
    return render(request, "portals/customer/dead_link.html", status=410)


@require_http_methods(FORM)
@for_customers
def own_password(request):
    """Another password; whoever else is signed in with this account is not any more."""
    form = OwnPasswordForm(request.POST if request.method == "POST" else None, account=request.account)
    if request.method != "POST" or not form.is_valid():
        status = 422 if form.errors else 200
        return render(request, "portals/customer/own_password.html", {"form": form}, status=status)
    account = passwords.choose(request.account, form.cleaned_data["new"])
    messages.success(request, _("Your password has been changed."))
    return sessions.begin(request, redirect("customer:data"), account)
