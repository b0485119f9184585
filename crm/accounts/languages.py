"""In which language somebody reads the site: an employee by their own choice, a visitor by the last one made here.

What a browser says it prefers is not asked: the office is Dutch, and a shared computer should not decide.
"""

from django.conf import settings
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme

from crm.core.languages import known


class LanguageMiddleware:
    """After signing in is known. The language stays on afterwards: a file may still be written line by line."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        language = of(request)
        translation.activate(language)
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


def of(request):
    if request.path.startswith(settings.CUSTOMER_PATHS):
        return settings.LANGUAGE_CODE
    if request.user.is_authenticated:
        return known(request.user.language)
    return known(request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME))


def remember(response, language):
    """For this browser, so that the page to sign in is in it too."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )
    return response


def page_before(request):
    """Where the language was chosen, on this site; else the start."""
    address = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(address, allowed_hosts={request.get_host()}, require_https=settings.HTTPS)
    return address if is_ours else "/"
