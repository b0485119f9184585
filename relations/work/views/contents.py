"""The checklist of a task, and what it refers to besides relations."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from crm.core.refusals import Refusal
from relations.rights import may_change
from relations.work import contents as task_contents
from relations.work.forms import DocumentForm, ItemForm, ReferenceForm
from relations.work.views.page import show, task_named


@require_POST
@may_change
def task_items(request, pk):
    record = task_named(request, pk)
    form = ItemForm(request.POST, auto_id="item_%s")
    if not form.is_valid():
        return show(request, record, item=form)
    task_contents.add_item(record, form.cleaned_data["text"], by=request.user)
    return _to(pk, "checklist")


@require_POST
@may_change
def task_item(request, pk, key):
    """Tick the item, or take the tick away: `done` is 1 or 0."""
    record = task_named(request, pk)
    if request.POST.get("done") not in ("0", "1"):
        raise Refusal(_("This page has changed. Load it again and try once more."), status=400)
    task_contents.tick_item(record, key, request.POST["done"] == "1", by=request.user)
    return _to(pk, "checklist")


@require_POST
@may_change
def task_item_removal(request, pk, key):
    task_contents.remove_item(task_named(request, pk), key, by=request.user)
    return _to(pk, "checklist")


@require_POST
@may_change
def task_documents(request, pk):
    record = task_named(request, pk)
    form = DocumentForm(request.POST, task=record, by=request.user)
    if not form.is_valid():
        return show(request, record, document=form)
    task_contents.add_document(record, form.cleaned_data["document"], by=request.user)
    messages.success(request, _("The document has been linked to the task."))
    return _to(pk, "verwijzingen")


@require_POST
@may_change
def task_references(request, pk):
    record = task_named(request, pk)
    form = ReferenceForm(request.POST, auto_id="reference_%s")
    if not form.is_valid():
        return show(request, record, reference=form)
    task_contents.add_reference(record, **form.cleaned_data, by=request.user)
    messages.success(request, _("The link has been added to the task."))
    return _to(pk, "verwijzingen")


@require_POST
@may_change
def task_reference_removal(request, pk, key):
    task_contents.remove_reference(task_named(request, pk), key, by=request.user)
    messages.success(request, _("The link has been removed from the task."))
    return _to(pk, "verwijzingen")


def _to(pk, part):
    return redirect(f"{reverse('relations:task', args=[pk])}#{part}")
