"""The community of all customers (R77)."""

from django.contrib import messages
from django.db.models import Count, Exists, OuterRef, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from portals.customer import community as actions
from portals.customer.access import for_customers
from portals.customer.forms import PostForm
from portals.models import CommunityPost, Reaction, ReactionKind

NEWEST = 50


@require_http_methods(["GET", "HEAD", "POST"])
@for_customers
def community(request):
    form = PostForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.post(request.account, text=form.cleaned_data["text"])
        messages.success(request, _("Your message is in the community."))
        return redirect("customer:community")
    context = {"posts": _posts(request.relation)[:NEWEST], "form": form}
    return render(request, "portals/customer/community.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_customers
def post(request, pk):
    """One post with its replies; POST adds one."""
    found = get_object_or_404(_posts(request.relation), pk=pk)
    form = PostForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.reply(found, request.account, text=form.cleaned_data["text"])
        return redirect("customer:post", pk)
    replies = found.reactions.visible().filter(kind=ReactionKind.REPLY).order_by("at", "pk")
    context = {"post": found, "replies": replies, "form": form}
    return render(request, "portals/customer/post.html", context, status=422 if form.errors else 200)


@require_POST
@for_customers
def like(request, pk):
    actions.like(get_object_or_404(CommunityPost.objects.visible(), pk=pk), request.account)
    return redirect("customer:post", pk)


def _posts(relation):
    """Newest first, each with its number of replies and likes and whether the own relation likes it."""
    shown = Q(reactions__archival=None)
    own = Reaction.objects.filter(post=OuterRef("pk"), relation=relation, kind=ReactionKind.LIKE, archival=None)
    return (
        CommunityPost.objects.visible()
        .select_related("relation")
        .annotate(
            replies=Count("reactions", filter=shown & Q(reactions__kind=ReactionKind.REPLY)),
            likes=Count("reactions", filter=shown & Q(reactions__kind=ReactionKind.LIKE)),
            is_liked=Exists(own),
        )
        .order_by("-at", "-pk")
    )
