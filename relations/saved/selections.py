"""Fixed sets of relations: made, filled, emptied and combined, each in one statement whatever their size.

Every `relations` is a QuerySet of Relation (not sliced); archived relations may be in it, erased ones never get in.
"""

from django.conf import settings
from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction

from crm.core.refusals import require
from relations.models import Relation, Selection, SelectionMember
from relations.rights import VIEW
from relations.saved import sharing

# The relations are locked in key order, as everywhere, so that none is erased between reading and writing.
INSERT = """
INSERT INTO relations_selectionmember (selection_id, relation_id)
SELECT %s, relation.id FROM relations_relation AS relation
WHERE relation.erasure_id IS NULL AND relation.id IN ({chosen})
ORDER BY relation.id FOR KEY SHARE OF relation
ON CONFLICT (selection_id, relation_id) DO NOTHING
"""


@transaction.atomic
def create(*, name, relations=None, reach="me", by):
    """A new Selection of `by`; its `added` says how many relations are in it: those that `by` may see."""
    require(by, VIEW)
    new = sharing.write(Selection(owner=by), name=name, **sharing.reach_fields(reach, by=by))
    new.added = _insert(new, relations) if relations is not None else 0
    return new


@transaction.atomic
def add(selection, relations, *, by):
    """Put `relations` in `selection`; says how many were not in it yet."""
    return _insert(sharing.locked(selection, by=by), relations)


@transaction.atomic
def remove(selection, relations, *, by):
    """Take `relations` out of `selection`; says how many were in it."""
    present = sharing.locked(selection, by=by)
    chosen = relations.order_by().values("pk")
    removed, _models = SelectionMember.objects.filter(selection=present, relation__in=chosen).delete()
    return removed


def combined(a, b, *, how):
    """The relations of the selections `a` and `b` together ("union", "intersection", "difference"), as a QuerySet."""
    first, second = (Relation.objects.filter(selection_members__selection=s).values("pk") for s in (a, b))
    rows = Relation.objects.not_erased()
    match how:
        case "union":
            return rows.filter(pk__in=first) | rows.filter(pk__in=second)
        case "intersection":
            return rows.filter(pk__in=first).filter(pk__in=second)
        case "difference":
            return rows.filter(pk__in=first).exclude(pk__in=second)
    raise ValueError(how)


@transaction.atomic
def combine(a, b, *, how, name, reach="me", by):
    """A new Selection of what `by` may see of `a` and `b` together; its `added` says how many relations are in it."""
    return create(name=name, relations=combined(a, b, how=how).visible_to(by), reach=reach, by=by)


def _insert(selection, relations):
    try:
        chosen, params = relations.order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(INSERT.format(chosen=chosen), [selection.pk, *params])
        added = cursor.rowcount
        if added >= settings.JOBS_ANALYSE_FROM:  # the planner must know that it is there
            cursor.execute("ANALYZE relations_selectionmember")
    return added
