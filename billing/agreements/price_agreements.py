from django.db import transaction
from django.utils.translation import gettext as _

from billing.models import Instalment
from crm.core.refusals import Refusal
from relations.keeping import relation_to_change


@transaction.atomic
def save_agreement(agreement, instalments, removed=(), *, by):
    """Save `agreement` with its new and changed `instalments`, and remove those in `removed`."""
    relation_to_change(agreement.relation_id, by=by)
    _refuse_billed([row.pk for row in (*instalments, *removed) if row.pk])
    agreement.save()
    for row in instalments:
        row.agreement = agreement
        row.save()
    for row in removed:
        row.delete()
    return agreement


def _refuse_billed(ids):
    rows = list(Instalment.objects.select_for_update().filter(pk__in=ids).order_by("pk"))
    if len(rows) < len(ids):
        raise Refusal(_("An instalment has been removed meanwhile. Nothing was saved; please look again."))
    if any(row.invoice_line_id for row in rows):
        raise Refusal(_("An instalment has been invoiced meanwhile. Nothing was saved; please look again."))
