"""The site's addresses with some that go wrong in every way."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import OperationalError
from django.http import Http404, HttpResponse
from django.urls import path
from django.views.decorators.http import require_POST

from crm.core.refusals import Refusal
from crm.urls import handler400, handler403, handler404, handler500  # noqa: F401
from crm.urls import urlpatterns as site


class FenceError(Exception):
    sqlstate = "AR001"


def raising(error, cause=None):
    @login_not_required
    def view(request):
        raise error from cause

    return view


@login_not_required
def wordless(request, status):
    return HttpResponse(status=status)


urlpatterns = [
    *site,
    path("mis/400/", raising(SuspiciousOperation("geheim"))),
    path("mis/403/", raising(PermissionDenied("geheim"))),
    path("mis/404/", raising(Http404("geheim"))),
    path("mis/413/", raising(RequestDataTooBig("geheim"))),
    path("mis/500/", raising(ValueError("geheim"))),
    path("mis/database/", raising(OperationalError("geheim"))),
    path("mis/hek/", raising(OperationalError("geheim"), FenceError())),
    path("mis/weigering/", raising(Refusal("Los eerst de belemmering op."))),
    path("mis/weigering-422/", raising(Refusal("Kies een reden.", status=422))),
    path("mis/alleen-post/", require_POST(wordless), {"status": 200}),
    path("mis/woordloos/<int:status>/", wordless),
]
