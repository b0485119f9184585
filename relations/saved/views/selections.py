"""Selecties: fixed sets of relations, made, named, shared, combined and removed."""

from django.contrib import messages
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from crm.core.addresses import refuse_unless
from crm.core.lists import SessionSelection
from crm.core.refusals import Refusal
from relations.listing import selecting
from relations.models import Relation, Selection
from relations.rights import may_view
from relations.saved import selections, sharing
from relations.saved.forms import NEW, CombineForm, KeepForm, SharedForm
from relations.saved.views.filters import listing_in
from relations.sight import seen_by


@require_safe
@may_view
def selection_list(request):
    refuse_unless(request.GET)
    withheld = Relation.objects.withheld_from(request.user).values("pk")
    shown = Q(members__relation__archival=None) & ~Q(members__relation__in=withheld)
    visible = Selection.objects.visible_to(request.user).select_related("owner", "shared_with")
    kept = list(visible.annotate(number=Count("members", filter=shown)))
    for selection in kept:
        selection.may_change = selection.is_editable_by(request.user)
    mine = [selection for selection in kept if selection.owner_id == request.user.pk]
    groups = [(_("My selections"), mine), (_("Shared with me"), [s for s in kept if s not in mine])]
    return render(request, "relations/saved/selections.html", {"groups": groups, "count": len(kept)})


@require_http_methods(["GET", "HEAD", "POST"])
@may_view
def selection_new(request):
    """An empty one, to be filled later."""
    form = SharedForm(request.POST or None, model=Selection, by=request.user)
    if request.method == "POST" and form.is_valid():
        return redirect(selections.create(**form.answers, by=request.user))
    context = {"form": form, "heading": _("New selection")}
    return render(request, "relations/saved/selection_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@may_view
def selection_keep(request):
    """Keep what is ticked in the list, or all of it when nothing is, in a new selection or in one that is there."""
    listing = listing_in(request)
    ticked = selecting.selection_of(request, listing)
    chosen = ticked if ticked.count else _everything(listing)
    form = KeepForm(request.POST or None, by=request.user, initial={"expected": chosen.fingerprint})
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["expected"] != chosen.fingerprint:
            raise Refusal(_("The selection has changed since you saw it. Go back to the list and check it first."))
        return redirect(_keep(request, chosen.rows, form.cleaned_data))
    context = {"form": form, "listing": listing, "count": chosen.count, "is_ticked": chosen is ticked}
    return render(request, "relations/saved/selection_keep.html", context, status=422 if form.errors else 200)


def _everything(listing):
    """All of the list, as if all of it were ticked; in no session."""
    everything = SessionSelection({}, selecting.KEY, listing)
    everything.put_all()
    return everything


def _keep(request, rows, answers):
    if answers["into"] == NEW:
        kept = selections.create(name=answers["name"], reach=answers["reach"], relations=rows, by=request.user)
        added = kept.added
    else:
        kept = get_object_or_404(Selection.objects.editable_by(request.user), pk=answers["into"])
        added = selections.add(kept, rows, by=request.user)
    tell_added(request, added)
    return kept


@require_http_methods(["GET", "HEAD", "POST"])
@may_view
def selection_edit(request, pk):
    selection = editable(request, pk)
    form = SharedForm(request.POST or None, model=Selection, by=request.user, record=selection)
    if request.method == "POST" and form.is_valid():
        sharing.change(selection, **form.answers, version=form.cleaned_data["version"], by=request.user)
        messages.success(request, _("The changes have been saved."))
        return redirect(selection)
    context = {"form": form, "kept": selection, "heading": _("Change selection")}
    return render(request, "relations/saved/selection_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@may_view
def selection_delete(request, pk):
    selection = editable(request, pk)
    if request.method == "POST":
        sharing.remove(selection, by=request.user)
        messages.success(request, _("The selection has been removed. No relation was changed."))
        return redirect("relations:selection_list")
    return render(
        request,
        "relations/saved/selection_delete.html",
        {"kept": selection, "count": seen_by(request.user, selection.members).count()},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@may_view
def selection_combine(request):
    """Choose two selections and how; the count is shown before the new one is made."""
    refuse_unless(request.GET, "first", "second", "how")
    form = CombineForm(request.GET or None, by=request.user)
    if not form.is_valid():
        status = 400 if form.errors else 200
        return render(request, "relations/saved/selection_combine.html", {"form": form}, status=status)
    first, second, how = (form.cleaned_data[name] for name in ("first", "second", "how"))
    named = SharedForm(request.POST or None, model=Selection, by=request.user)
    if request.method == "POST" and named.is_valid():
        new = selections.combine(first, second, how=how, **named.answers, by=request.user)
        tell_added(request, new.added)
        return redirect(new)
    count = selections.combined(first, second, how=how).visible_to(request.user).count()
    context = {"form": form, "named": named, "count": count}
    return render(request, "relations/saved/selection_combine.html", context, status=422 if named.errors else 200)


def visible(request, pk):
    rows = Selection.objects.visible_to(request.user).select_related("owner", "shared_with")
    return get_object_or_404(rows, pk=pk)


def editable(request, pk):
    selection = visible(request, pk)
    if not selection.is_editable_by(request.user):
        sentence = _("Only %(owner)s and administrators change this selection: ask one of them.")
        raise Refusal(sentence % {"owner": selection.owner}, status=403)
    return selection


def tell_added(request, count):
    sentence = ngettext(
        "%(count)d relation has been added to the selection.",
        "%(count)d relations have been added to the selection.",
        count,
    )
    messages.success(request, sentence % {"count": count})
