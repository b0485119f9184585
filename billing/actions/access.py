"""The door every write in billing and portals goes through."""

from django.db import IntegrityError, transaction

from crm.core.refusals import Refusal, require
from relations.actions.relations import refuse_unless_active
from relations.models import Relation

CHANGE = "relations.change_relation"
VIEW = "relations.view_relation"
UNIQUE_VIOLATION = "23505"


def relation_to_change(relation_id, *, by, permission=CHANGE):
    """The relation, locked until the transaction ends; refuses when `by` may not or when it is archived or erased."""
    require(by, permission)
    relation = Relation.objects.select_for_update(no_key=True).get(pk=relation_id)
    refuse_unless_active(relation)
    return relation


def save_unique(row, sentence):
    """Save `row`; a Refusal with `sentence` when somebody else just took what may be there only once."""
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        if getattr(error.__cause__, "sqlstate", None) != UNIQUE_VIOLATION:
            raise
        raise Refusal(sentence) from error
