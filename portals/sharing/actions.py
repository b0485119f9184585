"""Which documents of its dossier a customer sees."""

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.core.refusals import Refusal
from relations import keeping
from relations.keeping import relation_to_change
from relations.models import DossierItem
from relations.rights import CHANGE

# an upload, in its own dossier; a document that belongs to another relation is shown to nobody else
SHAREABLE = ~Q(file="") & (Q(owner=None) | Q(owner=F("relation")))


def shared_with(relation):
    return DossierItem.objects.filter(SHAREABLE, relation=relation, shared_at__isnull=False)


@transaction.atomic
def share(item_id, *, by):
    item = _held(item_id, by)
    if not DossierItem.objects.filter(SHAREABLE, pk=item.pk).exists():
        raise Refusal(_("Only an uploaded document that belongs to this relation itself can be shared."))
    if not item.shared_at:
        _set(item, timezone.now(), by)
    return item


@transaction.atomic
def stop_sharing(item_id, *, by):
    item = _held(item_id, by)
    _set(item, None, by)
    return item


def _held(item_id, by):
    item = DossierItem.objects.get(pk=item_id)
    relation_to_change(item.relation_id, by=by, permission=CHANGE)
    return item


def _set(item, shared_at, by):
    item.shared_at = shared_at
    keeping.save(item, by=by, update_fields=["shared_at"])
