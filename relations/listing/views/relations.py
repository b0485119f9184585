"""The list of relations, and ticking and archiving in it."""

from django.core.exceptions import PermissionDenied
from django.http import QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from crm.core.addresses import is_key
from crm.core.refusals import Refusal
from crm.jobs.freezing import USE
from relations.listing import selecting, tabs
from relations.listing.arrangements import Arrangement, key_of
from relations.listing.listing import RelationListing
from relations.models import SavedFilter
from relations.rights import ARCHIVE, may, may_view


def strict_listing(request):
    """The list of the address, or a Refusal when that is not understood to the letter: never a wider set (B3)."""
    listing = RelationListing.of(request.user, request.GET)
    if listing.problems:
        raise Refusal(listing.problems[0], status=400)
    return listing


@require_safe
@may_view
def relation_list(request):
    arrangement = Arrangement.of(request.user, key_of(request.GET.get("saved", "")))
    if not request.GET and arrangement.default_key:
        return redirect(_first_page(request.user, arrangement.default_key))
    listing = RelationListing(request.GET, arrangement=arrangement)
    if listing.lacks_conditions and len(listing.problems) == 1:
        return redirect(listing.saved)
    selection = None
    if not listing.problems and _may_tick(request.user):
        selection = selecting.selection_of(request, listing)
        selection.drop_if_nothing_is_left()
        selection.mark(listing.rows)
    context = {
        "listing": listing,
        "selection": selection,
        "tabs": tabs.plain(listing),
        "may_change_saved": bool(listing.saved) and listing.saved.is_editable_by(request.user),
    }
    return render(request, "relations/listing/list.html", context, status=listing.status)


def _first_page(employee, key):
    """Where the list opens. A filter that is no longer there for this employee is told, not skipped (B3)."""
    saved = SavedFilter.objects.visible_to(employee).filter(pk=key).first()
    return saved or f"{reverse('relations:relation_list')}?saved={key}"


def _may_tick(employee):
    """Whoever can do something with what is ticked."""
    return employee.has_perm(ARCHIVE) or employee.has_perm(USE)


@require_POST
@may_view
def selection(request):
    """Tick rows of one page, all pages, or none; answers htmx with the bar, others with the list as it was."""
    if not _may_tick(request.user):
        raise PermissionDenied
    listing = strict_listing(request)
    selected = selecting.selection_of(request, listing)
    selecting.forget_proposal(request)
    tick(request, selected)
    if request.htmx:
        return render(request, "relations/listing/_selection_bar.html", {"listing": listing, "selection": selected})
    return redirect(reverse("relations:relation_list", query=QueryDict(listing.query)))


def tick(request, selected):
    """Change the ticks of `selected` as the form of its list asks."""
    listing = selected.listing
    match request.POST.get("act", "page"):
        case "page":
            selected.put(_ids(request, "shown", listing), _ids(request, "ticked", listing))
        case "whole_page":
            selected.put(_ids(request, "shown", listing), _ids(request, "shown", listing))
        case "all":
            selected.put_all()
        case "none":
            selected.clear()
        case _:
            raise Refusal(_("This page has changed. Load it again and try once more."), status=400)


@require_POST
@may(ARCHIVE)
def selection_archive(request):
    """From the ticked relations to the page that previews and confirms archiving them (R19)."""
    selected = selecting.selection_of(request, strict_listing(request))
    job = selecting.propose_archiving(request, selected, expected=request.POST.get("expected", ""))
    return redirect("archiving:archive", pk=job.pk)


def _ids(request, name, listing):
    """The keys in field `name`: at most a page of them."""
    texts = request.POST.getlist(name)
    if len(texts) > listing.page_size or not all(is_key(text) for text in texts):
        raise Refusal(_("This page has changed. Load it again and try once more."), status=400)
    return {int(text) for text in texts}
