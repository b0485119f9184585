"""Invoices in the search of the whole site, for who may see them."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from billing.actions.access import VIEW
from billing.models import Invoice
from billing.presenting import invoice_state
from crm.core.search import Hit, Kind, register
from crm.core.searching import first_keys
from crm.core.templatetags.formats import money
from relations.models import Relation
from relations.search import nearness, shown


def of_invoices(search, limit):
    """By number first, then by addressee and reference, the newest first."""
    exactly = Invoice.objects.filter(number=search.text)
    numbered = Invoice.objects.filter(number__startswith=search.text)
    fitting = [] if search.is_short else [Invoice.objects.filter(search.fits())]
    seen = shown(search).values("pk")
    invoices = Invoice.objects.filter(pk__in=first_keys(exactly, numbered, *fitting), relation__in=seen)
    debtors = Relation.objects.not_erased().visible_to(search.employee).values("pk")
    invoices = invoices.filter(debtor__in=debtors).select_related("relation").annotate(nearness=nearness(search.text))
    return [_hit(invoice) for invoice in invoices.order_by("nearness", "-issued_on", "-pk")[:limit]]


def _hit(invoice):
    text = f"{invoice.relation.name} · {money(invoice.total)}"
    return Hit(invoice.number, reverse("billing:invoice", args=[invoice.pk]), text, [invoice_state(invoice)])


register(Kind("invoices", _("Invoices"), of_invoices, VIEW, order=30))
