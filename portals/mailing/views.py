"""Beheer / E-mail: the sender, and how the mail to customers goes (R82)."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db.models import Count
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portals.mailing import senders
from portals.mailing.forms import SenderForm
from portals.mailing.outcomes import REASONS
from portals.models import MailSender, MailState, OutgoingMail
from portals.rights import MANAGE
from relations.sight import seen_by

NEWEST = 50


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(MANAGE, raise_exception=True)
def mail(request):
    current = MailSender.objects.current()
    initial = {"sender_name": current.name, "sender_address": current.address} if current else {}
    form = SenderForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        senders.set_sender(**form.sender, by=request.user)
        messages.success(request, _("The sender has been saved. It applies to all mail from now on."))
        return redirect("portals:mail")
    context = {"form": form, "current": current, "counts": _counts(), "failed": _failed(request.user)}
    return render(request, "portals/mailing/mail.html", context, status=422 if form.errors else 200)


def _counts():
    found = dict(OutgoingMail.objects.order_by().values_list("state").annotate(Count("pk")))
    waiting = found.get(MailState.WAITING, 0) + found.get(MailState.SENDING, 0)
    return [(_("waiting"), waiting), (_("sent"), found.get(MailState.SENT, 0)), (_("not sent"), found.get("failed", 0))]


def _failed(employee):
    rows = (
        seen_by(employee, OutgoingMail.objects)
        .filter(state=MailState.FAILED)
        .select_related("account__relation")
        .order_by("-pk")
    )
    return [(row, REASONS.get(row.reason, row.reason)) for row in rows[:NEWEST]]
