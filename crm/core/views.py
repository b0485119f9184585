"""The start of the site, and searching all of it."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from crm.core import cards, search
from crm.core.addresses import refuse_unless
from crm.core.refusals import Refusal

NOON, EVENING = 12, 18


@require_safe
def start(request):
    now = timezone.localtime()
    context = {
        "greeting": _greeting(now),
        "called": request.user.name.split(" ")[0],
        "today": now.date(),
        "cards": cards.of(request.user, now.date()),
    }
    return render(request, "core/start.html", context)


@require_safe
def start_card(request, key):
    """One card by itself: what the start page fetches later, and what is opened without JavaScript."""
    shown = cards.one(key, request.user, timezone.localdate())
    if shown is None:
        raise Http404
    template = "core/_card.html" if request.htmx else "core/start_card.html"
    return render(request, template, {"shown": shown})


@require_safe
def search_page(request):
    asked = _search(request, "q", "archief")
    groups = search.groups(asked, search.ALL)
    return render(request, "core/search.html", {"search": asked, "groups": groups, "shortest": search.SHORTEST})


@require_safe
def search_suggestions(request):
    """What is found while somebody types."""
    asked = _search(request, "q")
    context = {"search": asked, "groups": search.groups(asked, search.FIRST)}
    return HttpResponse(render_to_string("core/_search_suggestions.html", context))


def _search(request, *known):
    if not search.kinds(request.user):
        raise PermissionDenied
    refuse_unless(request.GET, *known)
    text = "".join(c if c.isprintable() else " " for c in request.GET.get("q", "")).strip()
    if len(text) > search.LONGEST:
        raise Refusal(_("This is too long to search for. Type a few words of it."), status=400)
    return search.Search(text, request.user, archived="archief" in request.GET)


def _greeting(now):
    if now.hour < NOON:
        return _("Good morning")
    return _("Good afternoon") if now.hour < EVENING else _("Good evening")
