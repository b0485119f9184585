"""A 'no' that a person can understand: raised anywhere, answered as a clear page with status 4xx, nothing changed."""

from contextlib import contextmanager

from django.core.exceptions import ObjectNotUpdated, PermissionDenied
from django.db import DatabaseError, IntegrityError, transaction
from django.shortcuts import render
from django.utils.translation import gettext_lazy

from crm.core.errors import folder, is_fragment, previous_page

UNIQUE_VIOLATION = "23505"


class Refusal(Exception):
    """`sentence` says what is the matter and what to do; `status` is the HTTP status of the answer."""

    status = 409

    def __init__(self, sentence, status=None):
        super().__init__(sentence)
        self.sentence = sentence
        self.status = status or self.status


SENTENCES = {
    "40P01": gettext_lazy("Somebody else changed this at the same moment. Nothing was saved; please try again."),
    "55P03": gettext_lazy("Somebody else is working on this. Nothing was saved; please try again in a moment."),
}


def explain(sqlstate, sentence):
    """Tell people `sentence` when a trigger or constraint of an app refuses with `sqlstate`."""
    SENTENCES[sqlstate] = sentence


def refusal_of(error):
    """The Refusal that stands for a database error of a fence or a race, or None."""
    state = "AR002" if isinstance(error, ObjectNotUpdated) else _sqlstate(error)
    sentence = SENTENCES.get(state)
    return Refusal(str(sentence)) if sentence else None


@contextmanager
def when_taken(sentence):
    """Around a save: a Refusal with `sentence` when somebody else just took what may be there only once."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if _sqlstate(error) != UNIQUE_VIOLATION:
            raise
        raise Refusal(sentence) from error


def _sqlstate(error):
    return getattr(error.__cause__, "sqlstate", None)


class RefusalMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if isinstance(exception, DatabaseError):
            exception = refusal_of(exception)
        if isinstance(exception, Refusal):
            return refuse(request, exception)
        return None


def refuse(request, refusal):
    """The answer that says no: a page with a way back, or only the notice when htmx asked."""
    template = "refused.html#notice" if is_fragment(request) else f"{folder(request)}refused.html"
    return render(request, template, {"refusal": refusal, "back": previous_page(request)}, status=refusal.status)


def require(employee, permission):
    """Raise PermissionDenied unless `employee` is active and has `permission` ("app.codename")."""
    if not employee.has_perm(permission):
        raise PermissionDenied(permission)
