"""Beheer / Gearchiveerde relaties: what is in the archive, and from there back or away (R20, R21)."""

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from archiving.acts.beginning import permission
from archiving.listing import ArchivedRelationListing
from archiving.plans.plan import Act
from archiving.views.confirming import may
from archiving.views.proposals import show
from crm.core.addresses import is_key
from crm.core.refusals import Refusal

TICKED = "relation"  # the name of the tick boxes


@require_safe
@may("restore", "erase")
def archived_relation_list(request):
    listing = ArchivedRelationListing(request.GET, by=request.user)
    context = {
        "listing": listing,
        "can_restore": request.user.has_perm(permission("restore")),
        "can_erase": request.user.has_perm(permission("erase")),
    }
    return render(request, "archiving/archived_relation_list.html", context, status=listing.status)


@require_POST
@may("restore")
def restore_listed(request):
    return show(request, Act.RESTORE, _meant(request), origin=_("from the archived relations"))


@require_POST
@may("erase")
def erase_listed(request):
    """Of the ticked relations, or of everything in the list (R80)."""
    return show(request, Act.ERASE, _meant(request), origin=_("from the archived relations"))


def _meant(request):
    """Keys of the ticked rows, or the QuerySet of all rows that the filter in the address gives, however many."""
    if "everything" in request.POST:
        listing = ArchivedRelationListing(request.GET, by=request.user)
        if listing.problems:
            raise Refusal(listing.problems[0], status=400)
        return listing.filtered
    ticked = request.POST.getlist(TICKED)
    if not all(is_key(key) for key in ticked):
        raise Refusal(_("This page has changed. Load it again and try once more."), status=400)
    return [int(key) for key in ticked]
