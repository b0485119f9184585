"""A client who left: former from a day on (R101), or the work to another relation before that (R102)."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from crm.jobs import freezing
from relations.bulk import former, moving
from relations.bulk.forms import FormerSince
from relations.keeping import refuse_unless_active
from relations.models import Relation
from relations.rights import CHANGE, may, may_change
from relations.sight import get_seen_or_404


@require_http_methods(["GET", "HEAD", "POST"])
@may_change
def relation_former(request, pk):
    record = get_seen_or_404(request.user, Relation.objects, pk=pk)
    refuse_unless_active(record)
    former.refuse_if_former(record)
    form = FormerSince(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        former.set_former(record, since=form.cleaned_data["since"], by=request.user)
        messages.success(request, _("The relation is former now. Its history, hours and reports stay."))
        return redirect(record)
    context = {"record": record, "form": form}
    return render(request, "relations/bulk/former_of_one.html", context, status=422 if form.errors else 200)


@require_POST
@may(freezing.USE, CHANGE)
def relation_moving(request, pk):
    """All work of one relation, by the page that moves the work of many."""
    record = get_seen_or_404(request.user, Relation.objects, pk=pk)
    refuse_unless_active(record)
    job = freezing.freeze(Relation.objects.filter(pk=pk), by=request.user, operation=moving.OPERATION)
    return redirect("relations:bulk_moving", job.pk)
