"""Who is signed in: a session of its own, in a cookie that the office's pages never see."""

from importlib import import_module

from django.conf import settings
from django.middleware.csrf import rotate_token
from django.utils.crypto import constant_time_compare, salted_hmac

from portals.models import PortalAccount

COOKIE, PATH = "klant", "/portaal/"
Store = import_module(settings.SESSION_ENGINE).SessionStore


def begin(request, response, account):
    """Sign `account` in with `response`; a session there was before is worth nothing any more."""
    end(request, response)
    store = Store()
    store["account"], store["password"] = account.pk, _print_of(account)
    store.set_expiry(settings.CUSTOMER_SESSION_HOURS * 3600)
    store.create()
    rotate_token(request)
    response.set_cookie(
        COOKIE,
        store.session_key,
        path=PATH,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response


def end(request, response):
    if key := request.COOKIES.get(COOKIE):
        Store(key).delete()
        response.delete_cookie(COOKIE, path=PATH, samesite="Lax")
    return response


def account_of(request):
    """The PortalAccount with its relation as they are at this moment, or None."""
    key = request.COOKIES.get(COOKIE)
    kept = Store(key).load() if key else {}
    account = PortalAccount.objects.select_related("relation").filter(pk=kept.get("account", 0)).first()
    return account if account and constant_time_compare(kept.get("password", ""), _print_of(account)) else None


def _print_of(account):
    """Another password ends the sessions that began with the former one."""
    return salted_hmac("portals.customer.sessions", account.password, algorithm="sha256").hexdigest()
