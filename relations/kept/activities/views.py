"""One client activity with what hangs under it (R99); done or open; at another relation (R102)."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from crm.core.answers import succeeded
from crm.core.refusals import Refusal
from relations.bulk import moving
from relations.keeping import refuse_unless_active
from relations.kept.activities import actions as activities
from relations.kept.activities import parts as activity_parts
from relations.kept.dossier_forms import ActivityMoveForm, ActivityNoteForm, AttachForm, attachments_of
from relations.models import ClientActivity
from relations.rights import CHANGE, may_change, may_view
from relations.sight import get_seen_or_404


@require_safe
@may_view
def activity(request, pk):
    return _page(request, _activity(request, pk))


@require_POST
@may_change
def activity_attachments(request, pk):
    record = _activity(request, pk)
    form = AttachForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, record, attach_form=form)
    activities.attach(record, attachments_of(record, form.cleaned_data["files"]), by=request.user)
    messages.success(request, _("The attachments have been added."))
    return redirect("relations:activity", pk)


@require_POST
@may_change
def activity_notes(request, pk):
    record = _activity(request, pk)
    form = ActivityNoteForm(request.POST)
    if not form.is_valid():
        return _page(request, record, note_form=form)
    activities.write_note(record, form.cleaned_data["text"], by=request.user)
    messages.success(request, _("The note has been added."))
    return redirect("relations:activity", pk)


def _page(request, record, attach_form=None, note_form=None):
    may_add = record.relation.is_active and not record.is_archived and request.user.has_perm(CHANGE)
    context = {
        "activity": record,
        "record": record.relation,
        "parts": [(part, part.rows(record)) for part in activity_parts.parts()],
        "adding": may_add and {"bijlagen": attach_form or AttachForm(), "notities": note_form or ActivityNoteForm()},
    }
    status = 422 if attach_form or note_form else 200
    return render(request, "relations/kept/activities/activity.html", context, status=status)


@require_POST
@may_change
def activity_finishing(request, pk):
    activities.finish(_activity(request, pk), by=request.user)
    sentence = _("The activity is done. You find it in the timeline under Done.")
    succeeded(request, sentence, undo=reverse("relations:activity_reopening", args=[pk]))
    return redirect("relations:activity", pk)


@require_POST
@may_change
def activity_reopening(request, pk):
    activities.reopen(_activity(request, pk), by=request.user)
    messages.success(request, _("The activity is open again."))
    return redirect("relations:activity", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@may_change
def activity_moving(request, pk):
    record = _activity(request, pk)
    refuse_unless_active(record.relation)
    form = ActivityMoveForm(request.POST if request.method == "POST" else None, by=request.user)
    if request.method == "POST" and form.is_valid() and _move(request, record, form):
        return redirect("relations:activity", pk)
    context = {"activity": record, "record": record.relation, "form": form}
    return render(request, "relations/kept/activities/moving.html", context, status=422 if form.errors else 200)


def _move(request, record, form):
    try:
        moving.move_activity(record, to=form.cleaned_data["relation"], by=request.user)
    except Refusal as refusal:
        if refusal.status != 422:
            raise
        form.add_error("relation", refusal.sentence)
        return False
    messages.success(request, _("The activity has been moved, with its notes and attachments."))
    return True


def _activity(request, pk):
    return get_seen_or_404(request.user, ClientActivity.objects.select_related("relation", "owner"), pk=pk)
