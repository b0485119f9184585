from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from billing.actions.access import CHANGE
from billing.views.permissions import may_change, may_view
from crm.core.refusals import require
from portals.actions import portal_links
from portals.forms import PortalLinkForm
from portals.models import PortalLink
from relations.actions.relations import refuse_unless_active
from relations.models import Relation


@require_http_methods(["GET", "HEAD", "POST"])
@may_view
def relation_portals(request, pk):
    """Links with portals, live and ended; POST adds one, unlinking solves the blocker (R8)."""
    relation = get_object_or_404(Relation, pk=pk)
    form = PortalLinkForm(request.POST or None, instance=PortalLink(relation=relation))
    if request.method == "POST" and _link(request, relation, form):
        return redirect("portals:relation_portals", pk)
    may_change_here = relation.is_active and request.user.has_perm(CHANGE)
    context = {
        "relation": relation,
        "live": relation.portal_links.live().order_by("since", "pk"),
        "ended": relation.portal_links.exclude(until=None).order_by("-until", "-pk"),
        "form": form if may_change_here else None,
    }
    return render(request, "portals/relation_portals.html", context, status=422 if form.errors else 200)


@require_POST
@may_change
def portal_unlinking(request, pk):
    link = get_object_or_404(PortalLink, pk=pk)
    portal_links.unlink_portal(link, on=timezone.localdate(), by=request.user)
    messages.success(request, _("The portal has been unlinked."))
    return redirect("portals:relation_portals", link.relation_id)


def _link(request, relation, form):
    require(request.user, CHANGE)
    refuse_unless_active(relation)
    if not form.is_valid():
        return False
    portal_links.link_portal(form.save(commit=False), by=request.user)
    messages.success(request, _("The portal has been linked."))
    return True
