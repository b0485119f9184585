from datetime import timedelta

from django.db import connection, transaction
from django.db.models import IntegerField, Max
from django.db.models.functions import Cast, Substr
from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from billing.invoicing import unbilled
from billing.models import Instalment, Invoice, InvoiceLine, InvoiceStatus, TimesheetLine
from crm.core.refusals import Refusal, require
from relations.keeping import refuse_unless_active
from relations.models import Relation
from relations.rights import CHANGE

PAYMENT_DAYS = 30
NUMBERING_LOCK = 7_203_411  # any constant: the key of the database lock under which invoice numbers are given


@transaction.atomic
def invoice_unbilled(relation, *, by, on, expected=""):
    """One draft invoice, dated `on`, of everything of `relation` that is not invoiced yet; returns the Invoice.

    `expected` is the fingerprint of what `by` was shown: other work than that is refused.
    """
    require(by, CHANGE)
    relation, debtor = _lock_with_debtor(relation)
    work = unbilled.work_of(relation, lock=True)
    _refuse_other_work(work, expected)
    invoice = Invoice.objects.create(
        number=next_number(on), relation=relation, debtor=debtor, issued_on=on,
        due_on=on + timedelta(days=PAYMENT_DAYS), addressee_name=debtor.name, addressee_address=address_of(debtor),
        net=work.net, vat=work.vat, total=work.net + work.vat,
    )  # fmt: skip
    _write_lines(invoice, work, by)
    return invoice


@transaction.atomic
def mark_sent(invoice, *, by):
    invoice = _locked(invoice, by)
    if invoice.status != InvoiceStatus.DRAFT:
        raise Refusal(_("This invoice is no draft any more."))
    invoice.status = InvoiceStatus.SENT if invoice.total else InvoiceStatus.PAID
    invoice.save()
    return invoice


@transaction.atomic
def credit(invoice, *, by, release=False):
    """Nothing is to be paid any more; with `release` its hours and instalments can be invoiced again."""
    invoice = _locked(invoice, by)
    if invoice.status == InvoiceStatus.CREDITED:
        raise Refusal(_("This invoice has been credited already."))
    if invoice.paid:
        raise Refusal(_("This invoice has been paid, wholly or in part. Enter the repayment first."))
    if release:
        _release(invoice, by)
    invoice.status = InvoiceStatus.CREDITED
    invoice.save()
    return invoice


def _lock_with_debtor(relation):
    """The relation and whoever pays for it, locked in the order in which archiving locks: no deadlock."""
    ids = [relation.pk, relation.invoice_debtor_id or relation.pk]
    found = Relation.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk").in_bulk()
    current = found[relation.pk]
    refuse_unless_active(current)
    debtor = found.get(current.invoice_debtor_id or current.pk)
    if debtor is None:
        raise Refusal(_("The invoice debtor was changed meanwhile. Nothing was invoiced; please look again."))
    refuse_unless_active(debtor)
    return current, debtor


def _refuse_other_work(work, expected):
    if not work.entries:
        raise Refusal(_("There is nothing to invoice any more: it has been invoiced already or is not billable."))
    if expected and expected != work.fingerprint:
        raise Refusal(_("The work to invoice has changed since you saw it. Nothing was invoiced; please look again."))


def next_number(on):
    """The next of the year, without holes: the lock is held until this invoice is saved or given up."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [NUMBERING_LOCK])
    of_year = Invoice.objects.filter(number__regex=rf"^{on.year}-\d{{4,9}}$")
    last = of_year.aggregate(last=Max(Cast(Substr("number", 6), IntegerField())))["last"] or 0
    return f"{on.year}-{last + 1:04}"


def address_of(debtor):
    street = debtor.mail_street or debtor.street
    postal_code, city = (
        (debtor.mail_postal_code, debtor.mail_city) if debtor.mail_street else (debtor.postal_code, debtor.city)
    )
    return "\n".join(part for part in (street, f"{postal_code} {city}".strip(), debtor.country) if part)


def _write_lines(invoice, work, by):
    lines = [InvoiceLine(invoice=invoice, **entry.line_fields()) for entry in work.entries]
    lines = bulk_create_with_history(lines, InvoiceLine, default_user=by)
    for entry, line in zip(work.entries, lines, strict=True):
        entry.row.invoice_line = line
    for model, rows in ((TimesheetLine, work.timesheet_lines), (Instalment, work.instalments)):
        bulk_update_with_history(rows, model, ["invoice_line"], default_user=by)


def _release(invoice, by):
    refuse_unless_active(invoice.relation)
    release_lines(invoice.lines.all(), by=by)


def release_lines(lines, *, by):
    """The hours and instalments on these invoice lines can be invoiced again."""
    for model in (TimesheetLine, Instalment):
        rows = list(model.objects.filter(invoice_line__in=lines).order_by("pk").select_for_update(of=("self",)))
        for row in rows:
            row.invoice_line = None
        bulk_update_with_history(rows, model, ["invoice_line"], default_user=by)


def _locked(invoice, by):
    require(by, CHANGE)
    return Invoice.objects.select_for_update(of=("self",)).select_related("relation").get(pk=invoice.pk)
