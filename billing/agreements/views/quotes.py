from dataclasses import replace

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from billing.agreements import quotes
from billing.agreements.quote_forms import QuoteForm
from billing.models import Quote
from crm.core.addresses import is_key
from relations.kept.pages import Kind, editing, form_page, kept_at, relation_at

QUOTE = Kind(QuoteForm, "offertes", _("New quote"), _("Edit quote"), _("The quote has been saved."), save=quotes.keep)


@editing
def quote_new(request, pk):
    """`activiteit` in the address is the activity it is made for."""
    relation = relation_at(request, pk)
    key = request.GET.get("activiteit", "")
    activity = relation.activities.filter(pk=key, archival=None).first() if is_key(key) else None
    quote = Quote(relation=relation, activity=activity)
    if activity is None:
        return form_page(request, quote, QUOTE)
    page = reverse("relations:activity", args=[activity.pk])
    return form_page(request, quote, replace(QUOTE, then=lambda kept: page), cancel=page)


@editing
def quote_edit(request, pk):
    return form_page(request, kept_at(request, Quote, pk), QUOTE)
