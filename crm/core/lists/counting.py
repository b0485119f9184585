"""Many counts in one query."""

from django.core.exceptions import EmptyResultSet
from django.db import connection


def counts(querysets):
    """{key: number of rows} of `querysets` ({key: QuerySet}); what cannot have rows is left out.

    A sliced one is counted no further than its slice.
    """
    parts, params = [], []
    for key, rows in querysets.items():
        try:
            rows = rows if rows.query.is_sliced else rows.order_by()
            sql, rows_params = rows.values("pk").query.sql_with_params()
        except EmptyResultSet:
            continue
        parts.append(f"SELECT %s, count(*) FROM ({sql}) AS counted")
        params += [key, *rows_params]
    if not parts:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), params)
        return dict(cursor.fetchall())
