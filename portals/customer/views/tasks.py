"""The support tasks that a customer sees through its environment (R41, R48, R54)."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from crm.core.uploads.fields import given_out
from portals.conversations import actions as comments
from portals.conversations.forms import CommentForm
from portals.customer.access import for_customers
from portals.customer.forms import QuestionForm
from portals.models import TaskComment
from portals.support_tasks import is_linked, support_tasks_of

MOST = 200


@require_safe
@for_customers
def tasks(request):
    rows = support_tasks_of(request.relation)
    context = {
        "open": rows.filter(done_at=None).order_by("-pk")[:MOST],
        "done": rows.exclude(done_at=None).order_by("-done_at", "-pk")[:MOST],
        "is_linked": is_linked(request.relation),
    }
    return render(request, "portals/customer/tasks.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_customers
def task_new(request):
    form = QuestionForm(request.POST if request.method == "POST" else None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        task = comments.ask(request.account, **form.cleaned_data)
        messages.success(request, _("Your question has been sent."))
        return redirect("customer:task", task.pk)
    context = {"form": form, "is_linked": is_linked(request.relation)}
    return render(request, "portals/customer/task_new.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_customers
def task(request, pk):
    """One task with its conversation; POST says something."""
    found = get_object_or_404(support_tasks_of(request.relation), pk=pk)
    form = CommentForm(request.POST if request.method == "POST" else None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        comments.comment(found, request.account, **form.cleaned_data)
        messages.success(request, _("Your message has been sent."))
        return redirect("customer:task", pk)
    context = {"task": found, "comments": _comments(request.relation).filter(task=found), "form": form}
    return render(request, "portals/customer/task.html", context, status=422 if form.errors else 200)


@require_safe
@for_customers
def attachment(request, pk):
    visible = _comments(request.relation).filter(task__in=support_tasks_of(request.relation)).exclude(file="")
    found = get_object_or_404(visible, pk=pk)
    return given_out(found.file, found.file_name)


def _comments(relation):
    """Only the own conversation, also where another relation is linked with the same task."""
    return TaskComment.objects.filter(relation=relation)
