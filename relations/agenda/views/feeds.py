"""The agenda for an employee's own calendar programme, at a secret address that can be revoked."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from relations.agenda import calendar_files
from relations.agenda import feeds as calendar_feeds
from relations.models import CalendarFeed
from relations.rights import may_view


@require_http_methods(["GET", "HEAD", "POST"])
@may_view
@never_cache
def calendar_feed(request):
    """POST makes a new address and shows it in its answer: the only time that anybody sees it."""
    url = ""
    if request.method == "POST":
        secret = calendar_feeds.make_feed(by=request.user)
        url = settings.SITE_URL + reverse("relations:calendar", args=[secret])
    feed = CalendarFeed.objects.open().filter(employee=request.user).first()
    return render(request, "relations/agenda/feed.html", {"feed": feed, "url": url})


@require_POST
@may_view
def calendar_feed_revocation(request):
    if calendar_feeds.revoke_feed(by=request.user):
        messages.success(request, _("The address of your agenda does not work any more."))
    else:
        messages.info(request, _("Your agenda has no address: there is nothing to revoke."))
    return redirect("relations:calendar_feed")


@login_not_required
@require_safe
@never_cache
def calendar(request, secret):
    """Without signing in: whoever knows the secret is the employee's own programme."""
    feed = calendar_feeds.feed_with(secret)
    if feed is None:
        raise Http404
    return HttpResponse(
        calendar_files.calendar_of(feed.employee, today=timezone.localdate()),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="agenda.ics"', "Referrer-Policy": "no-referrer"},
    )
