"""Adding and changing relations. Archiving, restoring and erasing them is the engine's work (archiving/)."""

from django.db import transaction
from django.utils.translation import gettext as _
from simple_history.utils import bulk_update_with_history

from crm.core.refusals import Refusal, require
from relations import keeping
from relations.keeping import refuse_unless_active
from relations.models import Relation, RelationTag
from relations.record.numbers import issue_number
from relations.rights import ADD, CHANGE


@transaction.atomic
def add(relation, *, tags=(), by):
    """Save the new `relation`, under a number of the system's choice when it has none."""
    require(by, ADD)
    relation.number = relation.number or issue_number()
    _save(relation, by)
    _set_tags(relation, tags)
    return relation


@transaction.atomic
def change(relation, *, tags, by):
    require(by, CHANGE)
    refuse_unless_active(Relation.objects.select_for_update().get(pk=relation.pk))
    _save(relation, by)
    _set_tags(relation, tags)
    return relation


@transaction.atomic
def change_only(relation, names, *, tags=None, by):
    """Save the fields `names` of the relation, and no others; `tags` None leaves its tags alone."""
    require(by, CHANGE)
    refuse_unless_active(Relation.objects.select_for_update().get(pk=relation.pk))
    if names:
        _save(relation, by, update_fields=names)
    if tags is not None:
        _set_tags(relation, tags)


@transaction.atomic
def set_invoice_debtor(relation_ids, *, instead_of, debtor, by):
    """Give those of `relation_ids` whose invoice debtor is `instead_of` another one, or none; says how many (R7)."""
    require(by, CHANGE)
    if debtor and (debtor == instead_of or debtor.pk in relation_ids):
        raise Refusal(_("Choose another relation as invoice debtor, or leave it empty."), status=400)
    ours = Relation.objects.active().filter(pk__in=relation_ids, invoice_debtor=instead_of)
    changed = list(ours.order_by("pk").select_for_update())
    for relation in changed:
        relation.invoice_debtor = debtor
    bulk_update_with_history(changed, Relation, ["invoice_debtor"], default_user=by)
    return len(changed)


def _save(relation, by, **options):
    taken = _("Another relation was just given this number: type another, or leave it empty.")
    keeping.save_once(relation, taken, by=by, **options)


def _set_tags(relation, tags):
    relation.relation_tags.exclude(tag__in=tags).delete()
    rows = [RelationTag(relation=relation, tag=tag) for tag in tags]
    RelationTag.objects.bulk_create(rows, ignore_conflicts=True)
