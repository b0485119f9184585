"""The relations in one selection: the list of them, ticking, adding and taking out."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from crm.core.lists import SessionSelection
from crm.core.refusals import Refusal
from relations.listing import questions
from relations.listing.arrangements import Arrangement
from relations.listing.listing import MemberListing
from relations.listing.views.relations import tick
from relations.models import Relation, SavedFilter, Selection
from relations.rights import may_view
from relations.saved import selections
from relations.saved.forms import SourceForm
from relations.saved.views.selections import editable, tell_added, visible
from relations.sight import seen_by


@require_safe
@may_view
def selection_page(request, pk):
    kept = visible(request, pk)
    listing = _listing(request, kept)
    may_change, ticked = kept.is_editable_by(request.user), None
    if may_change and not listing.problems:
        ticked = _ticked(request, kept, listing)
        ticked.drop_if_nothing_is_left()
        ticked.mark(listing.rows)
    context = {
        "kept": kept,
        "may_change": may_change,
        "hidden": seen_by(request.user, kept.members).exclude(relation__archival=None).count(),
        **_list_context(kept, listing, ticked),
    }
    return render(request, "relations/saved/selection.html", context, status=listing.status)


@require_POST
@may_view
def selection_tick(request, pk):
    """As in the list of relations: rows of one page, all pages, or none."""
    kept = editable(request, pk)
    listing = _right_listing(request, kept)
    ticked = _ticked(request, kept, listing)
    tick(request, ticked)
    if request.htmx:
        return render(request, "relations/saved/_members_bar.html", _list_context(kept, listing, ticked))
    return redirect(f"{kept.get_absolute_url()}?{listing.query}")


@require_POST
@may_view
def selection_remove(request, pk):
    """Take exactly the ticked relations out, when they are still those that were shown (B2)."""
    kept = editable(request, pk)
    listing = _right_listing(request, kept)
    ticked = _ticked(request, kept, listing)
    ids = ticked.resolve(request.POST.get("expected", ""))
    removed = selections.remove(kept, Relation.objects.filter(pk__in=ids), by=request.user)
    ticked.clear()
    sentence = ngettext(
        "%(count)d relation has been taken out of the selection.",
        "%(count)d relations have been taken out of the selection.",
        removed,
    )
    messages.success(request, sentence % {"count": removed})
    return redirect(kept)


@require_http_methods(["GET", "HEAD", "POST"])
@may_view
def selection_add(request, pk):
    """Add all relations of a saved filter, as it is now, or of another selection."""
    kept = editable(request, pk)
    form = SourceForm(request.POST or None, by=request.user, selection=kept)
    if request.method == "POST" and form.is_valid():
        relations = _relations_of(form.cleaned_data["source"], by=request.user)
        tell_added(request, selections.add(kept, relations, by=request.user))
        return redirect(kept)
    context, status = {"form": form, "kept": kept}, 422 if form.errors else 200
    return render(request, "relations/saved/selection_add.html", context, status=status)


def _relations_of(source, *, by):
    """`source` is one of the form's choices: "filter-12" or "selection-12"."""
    kind, key = source.split("-")
    if kind == "selection":
        return Selection.objects.get(pk=key).relations().visible_to(by)
    question = questions.Question(SavedFilter.objects.get(pk=key), by=by)
    if question.problems:
        raise Refusal(question.problems[0], status=400)
    return question.filtered


def _listing(request, kept):
    return MemberListing(request.GET, relations=kept.relations(), arrangement=Arrangement.of(request.user))


def _right_listing(request, kept):
    listing = _listing(request, kept)
    if listing.problems:
        raise Refusal(listing.problems[0], status=400)
    return listing


def _ticked(request, kept, listing):
    return SessionSelection(request.session, f"selection-{kept.pk}", listing)


def _list_context(kept, listing, ticked):
    tick_url = reverse("relations:selection_tick", args=[kept.pk])
    return {"kept": kept, "listing": listing, "selection": ticked, "tick_url": tick_url}
