"""The timeline of a relation, a page at a time (R100)."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from crm.core.addresses import refuse_unless
from relations.models import Relation
from relations.record.views.relations import head_of, tabs_of, visible_panels
from relations.rights import may_view
from relations.sight import get_seen_or_404
from relations.timeline.page import BEFORE, KIND, Page

SIZE = 50


@require_safe
@may_view
def timeline(request, pk):
    """For htmx only what is asked for: what is older, or the whole card."""
    refuse_unless(request.GET, KIND, BEFORE)
    relations = Relation.objects.not_erased().select_related("manager", "archival__by")
    record = get_seen_or_404(request.user, relations, pk=pk)
    kind, before = request.GET.get(KIND, ""), request.GET.get(BEFORE, "")
    if request.htmx:
        template = "relations/record/_timeline_done.html" if before else "relations/record/_timeline.html"
        page = Page(record, request.user, size=SIZE, kind=kind, before=before)
        return render(request, template, {"record": record, "timeline": page})
    visible, counts = visible_panels(request.user, record)
    context = {
        "record": record,
        "timeline": Page(record, request.user, size=SIZE, kind=kind, before=before, counts=counts),
        **head_of(request.user, record),
        **tabs_of(record, visible, counts, ""),
    }
    return render(request, "relations/record/timeline.html", context)
