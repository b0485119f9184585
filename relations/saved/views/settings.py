"""How an employee arranges the own relations list: tabs, the filter it opens with, columns."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from crm.core.addresses import refuse_unless
from crm.core.refusals import Refusal
from relations.listing import columns, tabs
from relations.listing.arrangements import Arrangement, key_of
from relations.models import SavedFilter
from relations.rights import may_view
from relations.saved import filters as saved_filters
from relations.saved.forms import ColumnsForm
from relations.saved.views.filters import listing_in


@require_safe
@may_view
def filter_tabs(request):
    """The tabs with their counts: asked for by the list when it is on the screen, so that the list need not wait."""
    refuse_unless(request.GET, "saved")
    arrangement = Arrangement.of(request.user, key_of(request.GET.get("saved", "")))
    return render(request, "relations/saved/_tabs_counted.html", {"tabs": tabs.counted(arrangement)})


@require_POST
@may_view
def filter_pin(request, pk):
    saved = get_object_or_404(SavedFilter.objects.visible_to(request.user), pk=pk)
    match request.POST.get("act"):
        case "on":
            saved_filters.pin(saved, by=request.user)
            messages.success(request, _("“%(name)s” is a tab above the list now.") % {"name": saved.name})
        case "off":
            saved_filters.unpin(saved, by=request.user)
            messages.success(request, _("“%(name)s” is no longer a tab.") % {"name": saved.name})
        case _:
            raise Refusal(_("This page has changed. Load it again and try once more."), status=400)
    return redirect("relations:saved_filter_list")


@require_POST
@may_view
def default_filter(request):
    """The filter that opens the list; without one the list opens with all relations."""
    text = request.POST.get("saved", "")
    saved = get_object_or_404(SavedFilter.objects.visible_to(request.user), pk=key_of(text)) if text else None
    saved_filters.open_with(saved, by=request.user)
    sentence = _("The list opens with “%(name)s” now.") % {"name": saved.name} if saved else ""
    messages.success(request, sentence or _("The list opens with all relations now."))
    return redirect("relations:saved_filter_list")


@require_http_methods(["GET", "HEAD", "POST"])
@may_view
def list_columns(request):
    """Choose and order the columns, for oneself or for the saved filter that the list came from."""
    listing = listing_in(request)
    may_change = bool(listing.saved) and listing.saved.is_editable_by(request.user)
    form = ColumnsForm(
        request.POST or None, offered=columns.offered(), chosen=[column.key for column in listing.columns]
    )
    if request.method == "POST" and (request.POST.get("act") == "usual" or form.is_valid()):
        chosen = [] if request.POST.get("act") == "usual" else form.chosen
        _keep_columns(request, listing.saved if may_change else None, chosen)
        return redirect(f"{reverse('relations:relation_list')}?{listing.query}")
    context = {"form": form, "listing": listing, "may_change": may_change}
    return render(request, "relations/saved/columns.html", context, status=422 if form.errors else 200)


def _keep_columns(request, saved, chosen):
    match request.POST.get("for", "me"):
        case "me":
            saved_filters.choose_columns(chosen, by=request.user)
        case "filter" if saved:
            saved_filters.change_columns(saved, chosen, by=request.user)
        case _:
            raise Refusal(_("This page has changed. Load it again and try once more."), status=400)
    messages.success(request, _("The columns have been saved."))
