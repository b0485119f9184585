"""Ending the live portal links of a frozen set of relations (R8)."""

import hashlib

from django.contrib.auth.decorators import permission_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from billing.actions.access import CHANGE
from crm.core.refusals import Refusal
from crm.jobs import confirming
from crm.jobs.freezing import USE, targets
from crm.jobs.models import ItemState
from crm.jobs.views.drafts import own_job
from portals.actions.portal_links import live_links, live_per_provider

KEY = "unlink_portals"


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required([USE, CHANGE], raise_exception=True)
def unlink_portals(request, pk):
    job = own_job(request, pk)
    if not job.is_draft:
        return redirect("jobs:job", job.pk)
    if request.method != "POST":
        return _page(request, job)
    if request.POST.get("expected") != _fingerprint(job):
        return _page(request, job, drifted=True)
    if not live_links(targets(job)).exists():
        raise Refusal(_("None of these relations has a live link with a portal."), status=422)
    job.operation = KEY
    job.save(update_fields=["operation"])
    # what an earlier preview foresaw for this draft, archiving above all, does not hold for unlinking
    job.items.exclude(state=ItemState.WAITING).update(state=ItemState.WAITING, reason="")
    return redirect("jobs:job", confirming.confirm(job, by=request.user).pk)


def _page(request, job, drifted=False):
    links = live_links(targets(job))
    context = {
        "job": job,
        "links": links.count(),
        "relations": links.values("relation").distinct().count(),
        "providers": live_per_provider(targets(job)),
        "expected": _fingerprint(job),
        "drifted": drifted,
    }
    return render(request, "portals/unlink_portals.html", context, status=409 if drifted else 200)


def _fingerprint(job):
    keys = list(live_links(targets(job)).order_by("pk").values_list("pk", flat=True))
    return hashlib.sha256(repr(keys).encode()).hexdigest()[:32]
