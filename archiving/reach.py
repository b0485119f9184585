"""Which rows belong to a set of relations, as querysets: one statement for one relation and for ten thousand."""

from django.db import connection
from django.db.models import Exists, OuterRef
from django.db.models.expressions import RawSQL


def among(ids):
    """The ids as a subquery: `filter(relation__in=among(ids))` joins them instead of listing thousands of values."""
    return RawSQL("SELECT unnest(%s::bigint[])", [list(ids)])


def rows_of(policy, ids, path=None):
    """Rows of the policy's model that belong to the relations `ids`, be it to others too."""
    rows = policy.model._base_manager
    if policy.orphans:
        return rows.filter(pk__in=_links(policy, ids).values(_back(policy)))
    first, *others = [rows.filter(**{f"{each}__in": among(ids)}) for each in ([path] if path else policy.paths)]
    if not others:
        return first
    # a union of keys, each found by its own index; OR over two columns would read the whole table
    return rows.filter(pk__in=first.values("pk").union(*(other.values("pk") for other in others)))


def orphans_of(policy, ids):
    """Rows linked to relations of the set and to none outside it."""
    outside = _link_model(policy).exclude(pk__in=_links(policy, ids).values("pk"))
    return rows_of(policy, ids).exclude(Exists(outside.filter(**{_back(policy): OuterRef("pk")})))


def _link_model(policy):
    return policy.model._meta.get_field(policy.orphans.link).related_model._base_manager.all()


def _links(policy, ids):
    _link, root = policy.paths[0].split("__")
    return _link_model(policy).filter(**{f"{root}__in": among(ids)})


def _back(policy):
    """The linking model's own name for the link: 'task' for Task.links."""
    return policy.model._meta.get_field(policy.orphans.link).field.name


def keys_sql(rows):
    """(sql, params) of a SELECT of the primary keys of `rows`."""
    return rows.order_by().values("pk").query.sql_with_params()


def tally(querysets):
    """{key: number of rows} for {key: queryset}, in one query."""
    if not querysets:
        return {}
    parts, params = [], []
    for number, rows in enumerate(querysets.values()):
        sql, given = keys_sql(rows)
        parts.append(f"SELECT {number}, count(*) FROM ({sql}) AS rows")
        params += given
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), params)
        counts = dict(cursor.fetchall())
    return {key: counts[number] for number, key in enumerate(querysets)}


def execute(sql, params=()):
    """Run one statement; the first column of what it returns, if it returns anything."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return [row[0] for row in cursor.fetchall()] if cursor.description else []
