"""Ending the live portal links of a frozen set of relations (R8)."""

from django.db.models import BitXor, Count
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from crm.core.drift import Drifted
from crm.core.lists.fingerprints import hash_of
from crm.core.refusals import Refusal
from crm.jobs import settling
from crm.jobs.freezing import USE, targets
from crm.jobs.views.drafts import own_job
from portals.linking.actions import live_links, live_per_provider
from relations.rights import CHANGE, may

KEY = "unlink_portals"


@require_http_methods(["GET", "HEAD", "POST"])
@may(USE, CHANGE)
def unlink_portals(request, pk):
    job = own_job(request, pk)
    if not job.is_draft:
        return redirect("jobs:job", job.pk)
    if request.method != "POST":
        return _page(request, job)
    expected, plan = request.POST.get("expected", ""), make_plan(job)
    if plan.fingerprint == expected and not plan.facts["links"]:
        raise Refusal(_("None of these relations has a live link with a portal."), status=422)
    try:
        job = settling.settle(job, KEY, make_plan, expected=expected, by=request.user)
    except Drifted:
        return _page(request, job, drifted=True)
    return redirect("jobs:job", job.pk)


def make_plan(job):
    """Every relation has its turn; what must not differ from what was shown are the links (B2)."""
    links = live_links(targets(job)).aggregate(links=Count("pk"), hash=BitXor(hash_of("pk")))
    return settling.plan(job, parameters={}, facts=links)


def _page(request, job, drifted=False):
    links = live_links(targets(job))
    context = {
        "job": job,
        "links": links.count(),
        "relations": links.values("relation").distinct().count(),
        "providers": live_per_provider(targets(job)),
        "expected": make_plan(job).fingerprint,
        "drifted": drifted,
    }
    return render(request, "portals/linking/unlink.html", context, status=409 if drifted else 200)
