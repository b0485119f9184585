from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from crm.core.refusals import require
from portals.linking import actions as portal_links
from portals.linking.forms import PortalLinkForm
from portals.models import PortalLink
from portals.providers import State, adapter_of
from relations.keeping import refuse_unless_active
from relations.models import Relation
from relations.rights import CHANGE, may_change, may_view
from relations.sight import get_seen_or_404

STATES = {
    State.LINKED: gettext_lazy("linked there too"),
    State.UNLINKED: gettext_lazy("not linked there any more"),
    None: gettext_lazy("the office has no connection with this portal; only our own record is kept"),
}


@require_http_methods(["GET", "HEAD", "POST"])
@may_view
def relation_portals(request, pk):
    """Links with portals, live and ended; POST adds one, unlinking solves the blocker (R8)."""
    relation = get_seen_or_404(request.user, Relation.objects, pk=pk)
    form = PortalLinkForm(request.POST or None, instance=PortalLink(relation=relation))
    if request.method == "POST" and _link(request, relation, form):
        return redirect("portals:relation_portals", pk)
    may_change_here = relation.is_active and request.user.has_perm(CHANGE)
    live = list(relation.portal_links.live().order_by("since", "pk"))
    for link in live:
        link.is_connected = adapter_of(link.provider) is not None
    context = {
        "relation": relation,
        "live": live,
        "ended": relation.portal_links.exclude(until=None).order_by("-until", "-pk"),
        "form": form if may_change_here else None,
    }
    return render(request, "portals/linking/of_relation.html", context, status=422 if form.errors else 200)


@require_POST
@may_change
def portal_unlinking(request, pk):
    """`only_here` ends our own record without telling the portal: for when it is gone or keeps refusing."""
    link = get_seen_or_404(request.user, PortalLink.objects.select_related("relation"), pk=pk)
    only_here = "only_here" in request.POST
    portal_links.unlink_portal(link, on=timezone.localdate(), by=request.user, only_here=only_here)
    messages.success(request, _("The portal has been unlinked."))
    return redirect("portals:relation_portals", link.relation_id)


@require_POST
@may_change
def portal_status(request, pk):
    """Asks the portal itself whether it is still linked there."""
    link = get_seen_or_404(request.user, PortalLink.objects, pk=pk)
    state = portal_links.status_at_portal(link)
    messages.info(request, f"{link.get_provider_display()}: {STATES[state]}")
    return redirect("portals:relation_portals", link.relation_id)


def _link(request, relation, form):
    require(request.user, CHANGE)
    refuse_unless_active(relation)
    if not form.is_valid():
        return False
    portal_links.link_portal(form.save(commit=False), by=request.user)
    messages.success(request, _("The portal has been linked."))
    return True
