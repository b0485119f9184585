"""The page of one task, and the relations it is linked to (R51, R52)."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from crm.core.addresses import is_key
from crm.core.refusals import Refusal
from relations.models import DossierItem, Relation, Task, TaskLink
from relations.pickers import chosen_by
from relations.rights import CHANGE, may_change
from relations.sight import get_seen_or_404, seen_by
from relations.work import actions as tasks
from relations.work import history as task_history
from relations.work.forms import DocumentForm, ItemForm, ReferenceForm, TaskLinkForm


@require_POST
@may_change
def task_links(request, pk):
    """Links one more relation (R52), or another in the place of one that was binned (R51)."""
    record = task_named(request, pk)
    form = link_form(request, request.POST)
    replacing = link_named(record, request.POST.get("instead_of", ""), request.user)
    if not form.is_valid():
        return show(request, record, link=form, replacing=replacing)
    try:
        tasks.link_task(record, relation=form.cleaned_data["relation"], instead_of=replacing, by=request.user)
    except Refusal as refusal:
        form.add_error("relation", refusal.sentence)
        return show(request, record, link=form, replacing=replacing, status=refusal.status)
    messages.success(request, _("The relation has been linked to the task."))
    return redirect("relations:task", pk)


@require_POST
@may_change
def task_link_removal(request, pk):
    link = get_seen_or_404(request.user, TaskLink.objects.select_related("task"), pk=pk)
    url = reverse("relations:task", args=[link.task_id])
    try:
        tasks.unlink_task(link, by=request.user)
    except tasks.LastLink:  # it goes as soon as the relation that takes its place is known
        return redirect(f"{url}?vervang={link.pk}#koppelingen")
    messages.success(request, _("The relation has been removed from the task."))
    return redirect(f"{url}#koppelingen")


def show(request, record, *, link=None, item=None, document=None, reference=None, replacing=None, status=None):
    """The page of the task; the forms `link`, `item`, `document` and `reference` are fresh unless they are given."""
    forms = {
        "link_form": link or link_form(request),
        "item_form": item or ItemForm(auto_id="item_%s"),
        "document_form": document or DocumentForm(task=record, by=request.user),
        "reference_form": reference or ReferenceForm(auto_id="reference_%s"),
    }
    context = {
        "task": record,
        "record": seen_by(request.user, Relation.objects.active().filter(task_links__task=record))
        .order_by("name", "pk")
        .first(),
        "links": record.links.select_related("relation").order_by("relation__name", "pk"),
        "references": _references(record, request.user),
        "replacing": replacing,
        "events": task_history.events(record, by=request.user),
        **(forms if request.user.has_perm(CHANGE) else {}),
    }
    status = status or (422 if any(form.errors for form in forms.values()) else 200)
    return render(request, "relations/work/task.html", context, status=status)


def task_named(request, pk):
    return get_seen_or_404(request.user, Task.objects.select_related("assignee"), pk=pk)


def link_form(request, *sent):
    form = TaskLinkForm(*sent)
    chosen_by(request.user, form)
    return form


def link_named(record, text, reader):
    """The task's own link with this key when `reader` may see its relation, or None."""
    links = seen_by(reader, record.links.select_related("relation"))
    return links.filter(pk=text).first() if is_key(text) else None


def _references(record, reader):
    """[{"key", "title", "location"}]; a document that is gone since, or withheld from `reader`, has no title."""
    named = [reference["document"] for reference in record.references if "document" in reference]
    documents = seen_by(reader, DossierItem.objects.all()).in_bulk(named)
    return [_shown(reference, documents) for reference in record.references]


def _shown(reference, documents):
    if "document" not in reference:
        return reference
    document = documents.get(reference["document"])
    return {
        "key": reference["key"],
        "title": document.title if document else _("This document has been removed, or you may not see it."),
        "relation": document and document.relation_id,
        "location": document.location if document else "",
    }
