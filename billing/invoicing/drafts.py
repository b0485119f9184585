"""Invoices made by hand, and what is changed of a draft. Whoever got an invoice keeps it: a sent one is credited."""

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from billing.invoicing.actions import address_of, next_number, release_lines
from billing.models import Invoice, InvoiceStatus
from crm.core.refusals import Refusal, require
from relations import keeping
from relations.keeping import refuse_unless_active
from relations.rights import CHANGE


@transaction.atomic
def save_draft(invoice, lines, removed=(), *, by):
    """Save the draft with its new and changed `lines`; work on those in `removed` can be invoiced again.

    A new one gets the next number, and like one with another debtor the address of that debtor.
    """
    require(by, CHANGE)
    for relation in keeping.lock([invoice.relation_id, invoice.debtor_id]):
        if relation.pk == invoice.relation_id or _is_other_debtor(invoice):
            refuse_unless_active(relation)
    refuse_unless_draft(Invoice.objects.select_for_update().filter(pk=invoice.pk).first() or invoice)
    if invoice.pk is None:
        invoice.number = next_number(invoice.issued_on)
    if _is_other_debtor(invoice):
        invoice.addressee_name, invoice.addressee_address = invoice.debtor.name, address_of(invoice.debtor)
    keeping.save(invoice, by=by)
    _save_lines(invoice, lines, removed, by)
    return _added_up(invoice, by)


def refuse_unless_draft(invoice):
    if invoice.status != InvoiceStatus.DRAFT:
        raise Refusal(_("This invoice is no draft any more and cannot change. Credit it and make another one."))


def _is_other_debtor(invoice):
    return not Invoice.objects.filter(pk=invoice.pk, debtor=invoice.debtor_id).exists()


def _save_lines(invoice, lines, removed, by):
    for line in lines:
        line.invoice = invoice
        line.reckon()
        keeping.save(line, by=by)
    release_lines([line.pk for line in removed], by=by)
    for line in removed:
        keeping.delete(line, by=by)


def _added_up(invoice, by):
    sums = invoice.lines.aggregate(net=Sum("net", default=0), vat=Sum("vat", default=0))
    invoice.net, invoice.vat, invoice.total = sums["net"], sums["vat"], sums["net"] + sums["vat"]
    return keeping.save(invoice, by=by)
