"""Saving what is kept by hand around a relation: one verb for whatever is a row with fields and no further effects."""

from django.db import transaction
from django.utils.translation import gettext as _

from crm.core.refusals import Refusal, require, when_taken
from relations.models import Relation
from relations.rights import CHANGE


@transaction.atomic
def keep(thing, *, by):
    """Save `thing`, new or changed, of its relation; refused when the relation or the thing itself is archived."""
    relation_to_change(thing.relation_id, by=by)
    refuse_archived(thing)
    return save(thing, by=by)


def relation_to_change(relation_id, *, by, permission=CHANGE):
    """The relation, locked until the transaction ends; refuses when `by` may not or when it is archived or erased."""
    require(by, permission)
    return active(relation_id)


def active(relation_id):
    """The same when it is a customer who acts, on the relation of his account."""
    relation = Relation.objects.select_for_update(no_key=True).get(pk=relation_id)
    refuse_unless_active(relation)
    return relation


def lock(relation_ids):
    """The relations, in the order in which archiving locks them: so nobody waits for the other."""
    return list(Relation.objects.select_for_update(no_key=True).filter(pk__in=relation_ids).order_by("pk"))


def refuse_unless_active(relation):
    if relation.is_erased:
        raise Refusal(_("This relation has been erased: nothing can be added or changed any more."), status=410)
    if relation.is_archived:
        raise Refusal(_("This relation is archived and can only be read. Restore it first if it must change."))


def refuse_archived(thing):
    """Of a thing that was archived by itself; of one that no act archives nothing is asked."""
    if getattr(thing, "archival_id", None):
        raise Refusal(_("This has been archived and can only be read."))


def save(thing, *, by, **options):
    """With who did it in its history: None for a customer, also when an employee is signed in with the same browser."""
    thing._history_user = by
    thing.save(**options)
    return thing


def save_once(thing, taken, *, by, **options):
    """Save; a Refusal with the sentence `taken` when somebody else just took what may be there only once."""
    with when_taken(taken):
        return save(thing, by=by, **options)


def delete(thing, *, by):
    """With who did it in its history."""
    thing._history_user = by
    thing.delete()
