"""From relations that are shown to a frozen set of them, and what can be done with such a set (R55-R61)."""

from django.conf import settings
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from crm.accounts import roles
from crm.core.lists.fingerprints import fingerprint, tally
from crm.core.refusals import Refusal
from crm.jobs import operations
from crm.jobs.freezing import USE
from crm.jobs.views.drafts import own_job
from relations.listing import selecting
from relations.listing.views.relations import strict_listing
from relations.models import Selection
from relations.rights import may

may_bulk = may(USE)


@require_POST
@may_bulk
def selection_bulk(request):
    """The relations that are ticked, frozen; to the menu, or to the operation that a button named."""
    selection = selecting.selection_of(request, strict_listing(request))
    operation = _chosen(request)
    job = selecting.freeze_selected(request, selection, expected=request.POST.get("expected", ""))
    return redirect(operation.start if operation else "relations:bulk_menu", job.pk)


def _chosen(request):
    key = request.POST.get("operation")
    found = next((operation for operation in operations.menu() if operation.key == key), None)
    if key and not found:
        raise Refusal(_("This page has changed. Load it again and try once more."), status=400)
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@may_bulk
def bulk_start(request):
    """All relations of a filter: how many, by which conditions, and the button that freezes exactly these (R58)."""
    listing = strict_listing(request)
    if request.method == "POST":
        job = selecting.freeze_listed(listing, by=request.user, expected=request.POST.get("expected", ""))
        return redirect("relations:bulk_menu", job.pk)
    count, hashed = tally(listing.filtered)
    context = {"listing": listing, "count": count, "expected": fingerprint(count, hashed)}
    return render(request, "relations/bulk/start.html", context)


@require_POST
@may_bulk
def bulk_from_selection(request, pk):
    """The relations of a kept selection (R59)."""
    selection = get_object_or_404(Selection.objects.visible_to(request.user), pk=pk)
    return redirect("relations:bulk_menu", selecting.freeze_kept(selection, by=request.user).pk)


@require_safe
@may_bulk
def bulk_menu(request, pk):
    """Every operation, with what it does and who may (R61)."""
    job = own_job(request, pk)
    if not job.is_draft:
        return redirect("jobs:job", job.pk)
    offered = [_offered(operation, request.user) for operation in operations.menu()]
    context = {"job": job, "operations": offered, "undo_days": settings.JOBS_UNDO_DAYS}
    return render(request, "relations/bulk/menu.html", context)


def _offered(operation, employee):
    return {
        "operation": operation,
        "has_undo": operation.undo is not None,  # a template would call it
        "is_allowed": employee.has_perm(operation.permission),
        "roles": [
            roles.title(role) for role, permissions in roles.ROLES.items() if operation.permission in permissions
        ],
    }
