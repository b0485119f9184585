"""Who may see a relation. Who decides about that need not see it: then it has a number here and no name."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from crm.core.optimistic import status_of
from relations.access import actions as access
from relations.access.forms import AccessForm
from relations.access.listing import RestrictedRelationListing
from relations.models import Relation
from relations.rights import RESTRICT, may

may_restrict = may(RESTRICT)


@require_safe
@may_restrict
def restricted_relation_list(request):
    listing = RestrictedRelationListing(request.GET, by=request.user)
    return render(request, "relations/access/list.html", {"listing": listing}, status=listing.status)


@require_http_methods(["GET", "HEAD", "POST"])
@may_restrict
@transaction.atomic
def relation_access(request, pk):
    """`open` in the form lets everybody see the relation again."""
    rows = Relation.objects.not_erased().select_related("manager")
    rows = rows.select_for_update(of=("self",), no_key=True) if request.method == "POST" else rows
    record = get_object_or_404(rows, pk=pk)
    if request.method == "POST" and "open" in request.POST:
        access.open_to_all(record, by=request.user)
        messages.success(request, _("Everybody sees this relation again."))
        return redirect(record)
    form = AccessForm(request.POST if request.method == "POST" else None, record=record, by=request.user)
    if request.method == "POST" and form.is_valid():
        access.restrict(record, **form.cleaned_data, by=request.user)
        messages.success(request, _("Only who was given access sees this relation now."))
        return redirect("relations:relation_access", pk)
    context = {"record": record, "form": form}
    return render(request, "relations/access/access.html", context, status=status_of(form))
