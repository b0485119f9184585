"""What went wrong, in words: a page of its own, or a notice when htmx asked.

These pages come up for anybody and without database, so they are drawn without the request: no employee, no menu.
"""

from http import HTTPStatus

from django.conf import settings
from django.core.exceptions import DisallowedHost, RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _


def words(status):
    """(what is the matter, what to do) of an HTTP status."""
    return {
        HTTPStatus.BAD_REQUEST: (
            _("This request could not be read"),
            _("Nothing was changed. Go back, refresh the page and try again."),
        ),
        HTTPStatus.FORBIDDEN: (
            _("You may not do this"),
            _("Nothing was changed. Ask an administrator for the right if you need it for your work."),
        ),
        HTTPStatus.NOT_FOUND: (
            _("This page is not here"),
            _("Check the address, or look the relation up by its name or number."),
        ),
        HTTPStatus.METHOD_NOT_ALLOWED: (
            _("This address is not a page by itself"),
            _("Nothing was changed. Go to the relation and press the button there."),
        ),
        HTTPStatus.CONFLICT: (
            _("This was changed meanwhile"),
            _("Nothing was changed. Go back, refresh the page and look at it again."),
        ),
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE: (
            _("This is too large to send at once"),
            _("Nothing was changed. Choose a smaller file, or fewer relations, and try again."),
        ),
        HTTPStatus.TOO_MANY_REQUESTS: (
            _("This went too often in a short time"),
            _("Nothing was changed. Wait a while, at most an hour, and try again."),
        ),
        HTTPStatus.INTERNAL_SERVER_ERROR: (
            _("Something went wrong on our side"),
            _("What you were doing was not saved. Try again in a moment; tell an administrator if it stays."),
        ),
    }.get(status) or words(HTTPStatus.BAD_REQUEST)


def is_fragment(request):
    return request.headers.get("HX-Request") == "true"


def previous_page(request):
    """Where the employee came from, when that is another page of ours."""
    url = request.headers.get("Referer", "")
    try:
        is_ours = url_has_allowed_host_and_scheme(url, {request.get_host()}, request.is_secure())
    except DisallowedHost:
        return ""
    return url if is_ours and url != request.build_absolute_uri() else ""


def folder(request):
    """Where the templates of errors and refusals are for this part of the site, with its slash."""
    return next((own for start, own in settings.OWN_ERROR_PAGES.items() if request.path.startswith(start)), "")


def page(request, status, title="", sentence=""):
    """The answer that tells what is the matter; `title` and `sentence` when they know better than words()."""
    usual_title, usual_sentence = words(status)
    told = {"title": title or usual_title, "text": sentence or usual_sentence, "tone": "danger", "status": int(status)}
    told |= {"at": timezone.now(), "back": previous_page(request)}
    told |= {"app_version": settings.APP_VERSION, "app_build": settings.APP_BUILD}
    template = "components/notice.html" if is_fragment(request) else f"{folder(request)}error.html"
    return HttpResponse(render_to_string(template, told), status=status)


def bad_request(request, exception):
    too_large = isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent)
    return page(request, HTTPStatus.REQUEST_ENTITY_TOO_LARGE if too_large else HTTPStatus.BAD_REQUEST)


def forbidden(request, exception):
    return page(request, HTTPStatus.FORBIDDEN)


def not_found(request, exception):
    return page(request, HTTPStatus.NOT_FOUND)


def failed(request):
    return page(request, HTTPStatus.INTERNAL_SERVER_ERROR)


def csrf_failure(request, reason=""):
    return page(
        request,
        HTTPStatus.FORBIDDEN,
        _("This page was open too long"),
        _("Nothing was changed. Go back, refresh the page and fill it in again; cookies must be allowed."),
    )


class WordsMiddleware:
    """An error without words (405 of require_POST, say) gets them."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if (
            response.status_code < HTTPStatus.BAD_REQUEST
            or response.streaming
            or response.content
            or request.method == "HEAD"
        ):
            return response
        worded = page(request, response.status_code)
        if "Allow" in response:
            worded["Allow"] = response["Allow"]
        return worded
