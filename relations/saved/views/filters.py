"""Kept filters of the relations list: the page of all of them, keeping, changing, sharing and removing one."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from crm.core.addresses import refuse_unless
from crm.core.refusals import Refusal
from relations.listing import questions
from relations.listing.arrangements import key_of
from relations.listing.listing import RelationListing
from relations.models import FilterPin, ListPreference, SavedFilter
from relations.rights import may_view
from relations.saved import filters as saved_filters
from relations.saved import sharing
from relations.saved.forms import NewFilterForm, SharedForm

LONGEST = 3000  # signs of the conditions: an address that a browser and a server still pass on


@require_safe
@may_view
def saved_filter_list(request):
    refuse_unless(request.GET)
    visible = SavedFilter.objects.visible_to(request.user).select_related("owner", "shared_with")
    kept = questions.read(list(visible), by=request.user)
    preference = ListPreference.objects.filter(employee=request.user).first()
    pinned = set(FilterPin.objects.filter(employee=request.user).values_list("saved_filter", flat=True))
    for saved in kept:
        saved.is_pinned = saved.pk in pinned
        saved.is_default = bool(preference) and preference.default_filter_id == saved.pk
        saved.is_mine = saved.owner_id == request.user.pk
        saved.may_change = saved.is_editable_by(request.user)
    lost = preference and preference.default_filter_id and not any(saved.is_default for saved in kept)
    return render(request, "relations/saved/filters.html", {"groups": _groups(kept), "default_is_lost": lost})


def _groups(kept):
    """[(title, filters)]: one's own, those of one's groups, those of the office."""
    mine = [saved for saved in kept if saved.is_mine]
    group = [saved for saved in kept if not saved.is_mine and not saved.for_office]
    office = [saved for saved in kept if not saved.is_mine and saved.for_office]
    return [(_("My filters"), mine), (_("Shared with me"), group), (_("Whole office"), office)]


@require_http_methods(["GET", "HEAD", "POST"])
@may_view
@transaction.atomic
def saved_filter_new(request):
    """Keep the filter that the address holds, as the list showed it."""
    listing = listing_in(request)
    form = NewFilterForm(request.POST or None, model=SavedFilter, by=request.user)
    if len(listing.arrangement.tabs) >= saved_filters.MOST_TABS:
        form.fields["pinned"].initial, form.fields["pinned"].disabled = False, True
        form.fields["pinned"].help_text = _("You have as many tabs as fit.")
    if request.method == "POST" and form.is_valid():
        shown = [column.key for column in listing.columns] if form.cleaned_data["with_columns"] else []
        saved = saved_filters.keep(
            **form.answers, query=listing.filter_query, sort=listing.kept_sort, columns=shown, by=request.user
        )
        if form.cleaned_data["pinned"]:
            saved_filters.pin(saved, by=request.user)
        messages.success(request, _("The filter has been kept."))
        return redirect(saved)
    context = {"form": form, "listing": listing, "heading": _("Keep filter")}
    return render(request, "relations/saved/filter_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@may_view
def saved_filter_edit(request, pk):
    """Rename or share it; a broken one says what is wrong and leads to where it is mended."""
    saved = _editable(request, pk)
    form = SharedForm(request.POST or None, model=SavedFilter, by=request.user, record=saved)
    if request.method == "POST" and form.is_valid():
        sharing.change(saved, **form.answers, version=form.cleaned_data["version"], by=request.user)
        messages.success(request, _("The changes have been saved."))
        return redirect("relations:saved_filter_list")
    questions.read([saved], by=request.user)
    context = {"form": form, "saved": saved, "listing": saved.question, "heading": _("Change filter")}
    return render(request, "relations/saved/filter_form.html", context, status=422 if form.errors else 200)


@require_POST
@may_view
def saved_filter_conditions(request, pk):
    """Put the conditions and the order of the address in the place of those that were kept."""
    saved, listing = _visible(request, pk), listing_in(request)
    saved = saved_filters.change_question(
        saved,
        query=listing.filter_query,
        sort=listing.kept_sort,
        version=key_of(request.POST.get("version", "")) or 0,
        by=request.user,
    )
    messages.success(request, _("The changes have been saved."))
    return redirect(saved)


@require_POST
@may_view
def saved_filter_copy(request, pk):
    copy = saved_filters.duplicate(_visible(request, pk), by=request.user)
    messages.success(request, _("“%(name)s” has been made; only you see it.") % {"name": copy.name})
    return redirect("relations:saved_filter_edit", copy.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@may_view
def saved_filter_delete(request, pk):
    saved = _editable(request, pk)
    if request.method == "POST":
        sharing.remove(saved, by=request.user)
        messages.success(request, _("The filter has been removed. No relation was changed."))
        return redirect("relations:saved_filter_list")
    context = {
        "saved": saved,
        "tabs": saved.pins.exclude(employee=request.user).count(),
        "defaults": saved.default_of.exclude(employee=request.user).count(),
    }
    return render(request, "relations/saved/filter_delete.html", context)


def listing_in(request):
    """The list that the address holds, as this employee sees it; refused when the list would refuse it (B3)."""
    listing = RelationListing.of(request.user, request.GET)
    if listing.problems:
        raise Refusal(listing.problems[0], status=400)
    if len(listing.filter_query) > LONGEST:
        raise Refusal(_("This filter is too long to keep. Choose fewer values."), status=400)
    return listing


def _visible(request, pk):
    rows = SavedFilter.objects.visible_to(request.user).select_related("owner", "shared_with")
    return get_object_or_404(rows, pk=pk)


def _editable(request, pk):
    saved = _visible(request, pk)
    if not saved.is_editable_by(request.user):
        sentence = _("Only %(owner)s and administrators change this filter: ask one of them, or duplicate it.")
        raise Refusal(sentence % {"owner": saved.owner}, status=403)
    return saved
