"""What is said about a support task, on the office's side."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from crm.core.refusals import require
from crm.core.uploads.fields import given_out
from portals.conversations import actions as comments
from portals.conversations.forms import CommentForm
from portals.models import TaskComment
from relations.models import Relation, Task
from relations.rights import CHANGE, may_view
from relations.sight import get_seen_or_404


@require_http_methods(["GET", "HEAD", "POST"])
@may_view
def conversation(request, relation_pk, pk):
    """Of one relation: what other relations say about the same task is theirs."""
    relation = get_seen_or_404(request.user, Relation.objects.not_erased(), pk=relation_pk)
    task = get_object_or_404(_tasks(relation), pk=pk)
    form = CommentForm(request.POST if request.method == "POST" else None, request.FILES or None)
    if request.method == "POST" and _answer(request, task, relation, form):
        return redirect("portals:conversation", relation_pk, pk)
    context = {
        "relation": relation,
        "task": task,
        "comments": TaskComment.objects.filter(task=task, relation=relation),
        "form": form if relation.is_active and request.user.has_perm(CHANGE) else None,
    }
    return render(request, "portals/conversations/conversation.html", context, status=422 if form.errors else 200)


def _tasks(relation):
    """Linked to it now, or talked about with it before the task moved to another."""
    mine = Task.objects.filter(links__relation=relation) | Task.objects.filter(comments__relation=relation)
    return mine.distinct()


def _answer(request, task, relation, form):
    require(request.user, CHANGE)
    if not form.is_valid():
        return False
    comments.answer(task, relation, text=form.cleaned_data["text"], file=form.cleaned_data["file"], by=request.user)
    messages.success(request, _("The answer has been sent."))
    return True


@require_safe
@may_view
def comment_file(request, pk):
    comment = get_seen_or_404(request.user, TaskComment.objects.exclude(file=""), pk=pk)
    return given_out(comment.file, comment.file_name)
