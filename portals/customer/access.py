"""Who may come in, asked at every page: blocking, archiving and deleting take effect at once (R83, R84)."""

from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from portals.customer import sessions


def for_everybody(view):
    """A page of the portal before signing in."""
    return never_cache(login_not_required(view))


def for_customers(view):
    """Gives the view request.account and request.relation; nobody else gets to it."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        account = sessions.account_of(request)
        if account is None:
            return redirect(f"{reverse('customer:sign_in')}?next={request.path}")
        if reason := closed(account):
            return sessions.end(request, closed_page(request, account, reason))
        request.account, request.relation = account, account.relation
        return view(request, *args, **kwargs)

    return never_cache(login_not_required(guarded))


def closed(account):
    """Why this account cannot be used now: "blocked", "archived", or "" when it can."""
    if not account.relation.is_active:
        return "archived"
    return "blocked" if account.is_blocked else ""


def closed_page(request, account, reason):
    context = {"account": account, "is_blocked": reason == "blocked"}
    return render(request, "portals/customer/closed.html", context, status=403)
