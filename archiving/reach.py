"""Which rows belong to a set of relations, as querysets: one statement for one relation and for ten thousand.

How the set travels: docs/decisions/0001.
"""

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.expressions import RawSQL


def among(ids):
    """The ids as a subquery: `filter(relation__in=among(ids))` joins them instead of listing thousands of values.

    `ids` may be a QuerySet of keys already, such as the relations of a job: every function here takes either.
    """
    return ids if isinstance(ids, QuerySet) else RawSQL("SELECT unnest(%s::bigint[])", [list(ids)])


def any_of(ids):
    """Whether there is one at all, without fetching them."""
    return ids.exists() if isinstance(ids, QuerySet) else bool(ids)


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
    """Rows that are or were linked to relations of the set, and are to none outside it."""
    links, back = _links(policy, ids), _back(policy)
    outside = _link_model(policy)._base_manager.exclude(pk__in=links.values("pk"))
    ever = links.values(back).union(_links_then(policy, ids).values(back))
    rows = policy.model._base_manager.filter(pk__in=ever)
    return rows.exclude(Exists(outside.filter(**{back: OuterRef("pk")})))


def ghosts_of(policy, ids):
    """Keys of rows that were linked to relations of the set and have been deleted since: their history is left."""
    then = _links_then(policy, ids).order_by().values_list(f"{_back(policy)}_id", flat=True).distinct()
    there = policy.model._base_manager.filter(pk__in=among(keys := list(then))).values_list("pk", flat=True)
    return list(set(keys) - set(there))


def _link_model(policy):
    return policy.model._meta.get_field(policy.orphans.link).related_model


def _links(policy, ids):
    return _link_model(policy)._base_manager.filter(**{f"{_root_name(policy)}__in": among(ids)})


def _links_then(policy, ids):
    """The links as their history knows them."""
    return _link_model(policy).history.model.objects.filter(**{f"{_root_name(policy)}__in": among(ids)}).order_by()


def _root_name(policy):
    return policy.paths[0].split("__")[-1]


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
