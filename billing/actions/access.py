"""The door every write in billing and portals goes through."""

from crm.core.refusals import require
from relations.actions.relations import refuse_unless_active
from relations.models import Relation

CHANGE = "relations.change_relation"
VIEW = "relations.view_relation"


def relation_to_change(relation_id, *, by, permission=CHANGE):
    """The relation, locked until the transaction ends; refuses when `by` may not or when it is archived or erased."""
    require(by, permission)
    relation = Relation.objects.select_for_update(no_key=True).get(pk=relation_id)
    refuse_unless_active(relation)
    return relation
