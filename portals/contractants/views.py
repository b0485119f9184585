"""Contractants, the support tasks their customers see, and the technical setup of a subscription."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from billing.models import Subscription
from crm.core.refusals import Refusal, require
from portals.contractants import actions as contractants
from portals.contractants.dependencies import link_dependencies, subscription_usage
from portals.contractants.forms import SetupForm
from portals.contractants.listing import ContractantListing
from portals.models import Contractant
from portals.support_tasks import all_support_tasks, visible_support_tasks
from relations.rights import CHANGE, may_view
from relations.sight import get_seen_or_404, seen_by
from relations.work.listing import TaskListing


@require_safe
@may_view
def contractant_list(request):
    listing = ContractantListing(request.GET, by=request.user)
    return render(request, "portals/contractants/list.html", {"listing": listing}, status=listing.status)


@require_safe
@may_view
def support_tasks(request):
    """Taken > Supporttaken: those of the relations that are linked now (R48)."""
    listing = TaskListing(request.GET, all_support_tasks(), by=request.user)
    return render(request, "portals/contractants/support_tasks.html", {"listing": listing}, status=listing.status)


@require_safe
@may_view
def contractant(request, pk):
    """To whom it was linked, when and by whom (B11)."""
    record = get_object_or_404(Contractant, pk=pk)
    linked = contractants.linked_subscription(record)
    context = {
        "contractant": record,
        "linked": linked,
        "usage": linked and subscription_usage(linked.relation, timezone.localdate()),
        "links": record.links.select_related("relation", "by").order_by("-since", "-pk"),
        "relinkings": record.relinkings.select_related("old_relation", "new_relation", "by", "undone_by").order_by(
            "-pk"
        ),
        "tasks": seen_by(request.user, visible_support_tasks(record))
        .filter(done_at=None)
        .order_by("due_on", "pk")[:10],
    }
    return render(request, "portals/contractants/contractant.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@may_view
def subscription(request, pk):
    """One subscription, with its technical setup at the end of the page: emptied it unlinks, filled it links."""
    record = get_seen_or_404(request.user, Subscription.objects.select_related("relation"), pk=pk)
    setup = {"database": record.database, "contractant": record.contractant, "seen": _seen(record)}
    form = SetupForm(request.POST if request.method == "POST" else None, initial=setup)
    if request.method == "POST":
        require(request.user, CHANGE)
        _refuse_stale(record, request.POST.get("seen"))
        if form.is_valid() and (sentence := _save_setup(record, form, request.user)):
            messages.success(request, sentence)
            return redirect("portals:subscription", pk)
    return _subscription_page(request, record, form)


def _seen(record):
    return f"{record.database} / {record.contractant}"


def _refuse_stale(record, seen):
    """Saving what was on an old page would undo what somebody else linked meanwhile."""
    if seen is None or seen == _seen(record):
        return
    now = _seen(record) if record.contractant else "–"
    sentence = _(
        "Somebody else changed the technical setup meanwhile: it is now %(setup)s. Load the page and look again."
    )
    raise Refusal(sentence % {"setup": now})


def _subscription_page(request, record, form):
    may_change = request.user.has_perm(CHANGE) and not record.relation.is_erased
    context = {
        "subscription": record,
        "relation": record.relation,
        "form": form if may_change else None,
        "dependencies": link_dependencies(record.relation) if record.contractant else [],
        "contractant": Contractant.objects.filter(database=record.database, code=record.contractant).first(),
    }
    return render(request, "portals/contractants/subscription.html", context, status=422 if form.errors else 200)


def _save_setup(record, form, by):
    """What was done, in a sentence; "" when it was refused, with the reason on the form."""
    try:
        return _change_setup(record, form, by)
    except Refusal as refusal:
        form.add_error(None, refusal.sentence)
        return ""


def _change_setup(record, form, by):
    database, code = form.cleaned_data["database"], form.cleaned_data["contractant"]
    if (record.database, record.contractant) == (database, code):
        return _("Nothing was changed.")
    if form.is_empty:
        contractants.unlink_contractant(record, by=by)
        return _("The contractant has been unlinked.")
    contractants.link_contractant(record, database=database, code=code, by=by)
    return _("The contractant has been linked.")
