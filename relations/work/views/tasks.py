"""The overview of tasks, and making, changing and finishing one (R49, R50)."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from crm.core.addresses import refuse_unless
from crm.core.answers import back, succeeded
from crm.core.optimistic import status_of
from relations.models import Task, TaskKind
from relations.pickers import ASKED, chosen_by, relation_asked_for
from relations.rights import may_change, may_view
from relations.sight import get_seen_or_404
from relations.work import actions as tasks
from relations.work import contents as task_contents
from relations.work import listing as task_tables
from relations.work.forms import NewTaskForm, TaskForm
from relations.work.listing import TaskListing
from relations.work.views.handover import ticked_in
from relations.work.views.page import link_named, show, task_named


@require_safe
@may_view
def task_list(request):
    listing = TaskListing(request.GET, by=request.user)
    context = {"listing": listing, "tabs": task_tables.tabs(listing), "selection": ticked_in(request, listing)}
    return render(request, "relations/work/list.html", context, status=listing.status)


@require_safe
@may_view
def task(request, pk):
    record = task_named(request, pk)
    return show(request, record, replacing=link_named(record, request.GET.get("vervang", ""), request.user))


@require_http_methods(["GET", "HEAD", "POST"])
@may_change
def task_new(request, kind=TaskKind.NORMAL):
    """`relatie` in the address fills in the relation."""
    refuse_unless(request.GET, ASKED)
    new = Task(kind=kind)
    initial = {"relation": relation_asked_for(request), "assignee": request.user}
    form = NewTaskForm(request.POST or None, instance=new, initial=initial)
    chosen_by(request.user, form)
    if request.method == "POST" and form.is_valid():
        new.checklist = task_contents.items_of(form.cleaned_data["items"])
        tasks.add_task(form.save(commit=False), relation=form.cleaned_data["relation"], by=request.user)
        messages.success(request, _("The task has been added."))
        return redirect("relations:task", new.pk)
    context = {"form": form, "is_support": kind == TaskKind.SUPPORT}
    return render(request, "relations/work/form.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@may_change
@transaction.atomic
def task_edit(request, pk):
    """Saving holds the lock from judging the form until the commit, so that no other change slips in between."""
    rows = Task.objects.select_for_update(no_key=True) if request.method == "POST" else Task.objects
    record = get_seen_or_404(request.user, rows, pk=pk)
    subject = record.subject
    form = TaskForm(request.POST or None, instance=record)
    if request.method == "POST" and form.is_valid():
        tasks.change_task(form.save(commit=False), by=request.user)
        messages.success(request, _("The changes have been saved."))
        return redirect("relations:task", pk)
    context = {"form": form, "task": record, "subject": subject}
    return render(request, "relations/work/form.html", context, status=status_of(form))


@require_POST
@may_change
def task_finishing(request, pk):
    following = tasks.finish_task(task_named(request, pk), by=request.user)
    if following:
        day = date_format(following.due_on, "SHORT_DATE_FORMAT")
        messages.success(request, _("The task has been finished. The next one is due on %(day)s.") % {"day": day})
    else:
        succeeded(request, _("The task has been finished."), undo=reverse("relations:task_reopening", args=[pk]))
    return back(request, "relations:task", pk)


@require_POST
@may_change
def task_reopening(request, pk):
    tasks.reopen_task(task_named(request, pk), by=request.user)
    messages.success(request, _("The task is open again."))
    return back(request, "relations:task", pk)
