"""Invoices in the search of the whole site, for who may see them."""

from django.db.models import OuterRef
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from billing.models import Invoice
from billing.presenting import invoice_state
from crm.core.search import Hit, Kind, register
from crm.core.searching import first_keys, there_is
from crm.core.templatetags.formats import money
from relations.rights import VIEW
from relations.search import mentioned, nearness, shown


def of_invoices(search, limit):
    """By number first, then by addressee and reference, the newest first."""
    relation = there_is(shown(search).filter(pk=OuterRef("relation")))
    seen = Invoice.objects.filter(relation, there_is(mentioned(search).filter(pk=OuterRef("debtor"))))
    exactly, numbered = seen.filter(number=search.text), seen.filter(number__startswith=search.text)
    fitting = [] if search.is_short else [seen.filter(search.fits())]
    invoices = Invoice.objects.filter(pk__in=first_keys(exactly, numbered, *fitting))
    invoices = invoices.select_related("relation").annotate(nearness=nearness(search.text))
    return [_hit(invoice) for invoice in invoices.order_by("nearness", "-issued_on", "-pk")[:limit]]


def _hit(invoice):
    text = f"{invoice.relation.name} · {money(invoice.total)}"
    return Hit(invoice.number, reverse("billing:invoice", args=[invoice.pk]), text, [invoice_state(invoice)])


register(Kind("invoices", _("Invoices"), of_invoices, VIEW, order=30))
