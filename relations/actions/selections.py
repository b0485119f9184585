"""Kept selections: fixed sets of relations."""

from django.db import connection, transaction
from django.utils.translation import gettext as _

from crm.core.refusals import Refusal, require
from relations.models import Selection, SelectionMember

VIEW = "relations.view_relation"


@transaction.atomic
def create(*, name, relations, by):
    """A new Selection of `relations` (QuerySet)."""
    require(by, VIEW)
    selection, is_new = Selection.objects.get_or_create(owner=by, name=name)
    if not is_new:
        raise Refusal(_("You already have a selection with this name: type another."))
    add(selection, relations, by=by)
    return selection


def add(selection, relations, *, by):
    """How many of `relations` were not in it yet."""
    require(by, VIEW)
    if relations.query.is_empty():
        return 0
    sql, params = relations.order_by().values("pk").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {SelectionMember._meta.db_table} (selection_id, relation_id) "
            f"SELECT %s, found.id FROM ({sql}) AS found (id) ORDER BY found.id ON CONFLICT DO NOTHING",
            [selection.pk, *params],
        )
        return cursor.rowcount


def remove(selection, relations, *, by):
    """How many of `relations` were in it."""
    require(by, VIEW)
    return selection.members.filter(relation__in=relations.order_by().values("pk")).delete()[0]
