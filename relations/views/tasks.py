"""The overview of tasks, one task, and the relations it is linked to (R49-R52)."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from crm.core.refusals import Refusal
from relations import task_history
from relations.actions import tasks
from relations.models import Relation, Task, TaskKind, TaskLink
from relations.pickers import chosen_by
from relations.sight import get_seen_or_404
from relations.task_forms import SupportTaskForm, TaskLinkForm
from relations.task_tables import TaskListing

VIEW = "relations.view_relation"
may_view = permission_required(VIEW, raise_exception=True)
may_change = permission_required([VIEW, tasks.CHANGE], raise_exception=True)


@require_safe
@may_view
def task_list(request):
    listing = TaskListing(request.GET, by=request.user)
    return render(request, "relations/tasks_list.html", {"listing": listing}, status=listing.status)


@require_safe
@may_view
def task(request, pk):
    record = _task(request, pk)
    return _task_page(
        request, record, _link_form(request), replacing=_link_named(record, request.GET.get("vervang", ""))
    )


@require_http_methods(["GET", "HEAD", "POST"])
@may_change
def task_new(request):
    """A support task; `relatie` in the address fills in the relation."""
    new = Task(kind=TaskKind.SUPPORT)
    form = SupportTaskForm(request.POST or None, instance=new, initial={"relation": _named(request)})
    chosen_by(request.user, form)
    if request.method == "POST" and form.is_valid():
        tasks.add_task(form.save(commit=False), relation=form.cleaned_data["relation"], by=request.user)
        messages.success(request, _("The support task has been added."))
        return redirect("relations:task", new.pk)
    return render(request, "relations/tasks_new.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
@may_change
def task_links(request, pk):
    """Links one more relation (R52), or another in the place of one that was binned (R51)."""
    record = _task(request, pk)
    form = _link_form(request, request.POST)
    replacing = _link_named(record, request.POST.get("instead_of", ""))
    if not form.is_valid():
        return _task_page(request, record, form, replacing=replacing)
    try:
        tasks.link_task(record, relation=form.cleaned_data["relation"], instead_of=replacing, by=request.user)
    except Refusal as refusal:
        form.add_error("relation", refusal.sentence)
        return _task_page(request, record, form, replacing=replacing, status=refusal.status)
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


@require_POST
@may_change
def task_finishing(request, pk):
    tasks.finish_task(_task(request, pk), by=request.user)
    messages.success(request, _("The task has been finished."))
    return redirect("relations:task", pk)


@require_POST
@may_change
def task_reopening(request, pk):
    tasks.reopen_task(_task(request, pk), by=request.user)
    messages.success(request, _("The task is open again."))
    return redirect("relations:task", pk)


def _link_form(request, *sent):
    form = TaskLinkForm(*sent)
    chosen_by(request.user, form)
    return form


def _task_page(request, record, form, *, replacing=None, status=None):
    links = record.links.select_related("relation").order_by("relation__name", "pk")
    context = {
        "task": record,
        "links": links,
        "form": form if request.user.has_perm(tasks.CHANGE) else None,
        "replacing": replacing,
        "events": task_history.events(record, by=request.user),
    }
    status = status or (422 if form.errors else 200)
    return render(request, "relations/tasks_task.html", context, status=status)


def _task(request, pk):
    return get_seen_or_404(request.user, Task.objects.select_related("assignee"), pk=pk)


def _link_named(record, text):
    """The task's own link with this key, or None."""
    return record.links.select_related("relation").filter(pk=text).first() if _is_key(text) else None


def _named(request):
    text = request.GET.get("relatie", "")
    rows = Relation.objects.selectable().visible_to(request.user)
    return rows.filter(pk=text).first() if _is_key(text) else None


def _is_key(text):
    return text.isascii() and text.isdigit() and len(text) < 19
