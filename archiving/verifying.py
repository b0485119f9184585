"""Search the whole database for words: after erasing, none of an identity may be found (R32)."""

from django.db import connection


def residue(tokens):
    """{table: number of rows} in which one of `tokens` occurs, in any column of any table, capitals or not."""
    patterns = [f"%{_escaped(token)}%" for token in tokens]
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            name = connection.ops.quote_name(table)
            cursor.execute(f"SELECT count(*) FROM {name} AS row WHERE row::text ILIKE ANY(%s)", [patterns])
            if count := cursor.fetchone()[0]:
                found[table] = count
    return found


def _escaped(token):
    return token.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
