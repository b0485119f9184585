"""Adding a condition to the filter of the relations list; the filter itself travels along in `list`."""

from django.http import QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from crm.core.conditions.forms import ConditionForm
from crm.core.refusals import Refusal
from relations.listing.listing import RelationListing
from relations.rights import may_view


@require_safe
@may_view
def condition(request):
    """Asks field, then operator and value; complete, it goes back to the list with the condition added."""
    listing = RelationListing.of(request.user, QueryDict(request.GET.get("list", "")))
    place, group = _group(request.GET.get("group", ""), listing.conditions.groups)
    form = ConditionForm(request.GET, listing.conditions, request.path, is_preview=bool(request.htmx))
    list_url = reverse("relations:relation_list")
    if form.is_valid():
        return redirect(list_url + listing.url(groups=listing.conditions.with_added(form.text, group)))
    chip = None if group is None else next(c for c in listing.chips if c.add_url == listing.adding_url(place))
    context = {"listing": listing, "form": form, "group": place, "chip": chip, "back": list_url + listing.url(page=1)}
    template = "components/condition_inputs.html" if request.htmx else "relations/listing/condition.html"
    return render(request, template, context, status=422 if form.errors else 200)


def _group(text, groups):
    """(place, group) that the condition goes into; ("", None) for one by itself."""
    if not text:
        return "", None
    if not (text.isascii() and text.isdigit() and len(text) < 4 and int(text) < len(groups)):
        raise Refusal(_("This page has changed. Load it again and try once more."), status=400)
    return int(text), groups[int(text)]
