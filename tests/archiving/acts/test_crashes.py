"""A crash at any statement of an act leaves all of it or nothing."""

import pytest
from django.db import connection

from archiving import policies
from archiving.acts.archiving import archive
from archiving.acts.erasing import erase
from archiving.acts.restoring import restore
from tests import factories
from tests.archiving.acting import ANSWERS
from tests.archiving.canary import Canary

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


class Crash(Exception):
    pass


def crashing_after(statements):
    """An execute wrapper that lets through so many statements, and none after."""
    left = iter(range(statements))

    def wrapper(execute, sql, params, many, context):
        if next(left, None) is None:
            raise Crash
        return execute(sql, params, many, context)

    return wrapper


def state():
    """Everything the acts may touch, as it is now."""
    tables = [p.model._meta.db_table for p in policies.policies()]
    tables += [p.history._meta.db_table for p in policies.policies() if p.history]
    tables += ["archiving_erasure", "archiving_retirednumber", "archiving_fileremoval"]
    with connection.cursor() as cursor:
        found = {}
        for table in tables:
            cursor.execute(f"SELECT md5(string_agg(row::text, '' ORDER BY row::text)) FROM {table} AS row")
            found[table] = cursor.fetchone()[0]
    return found


@pytest.mark.parametrize("act", ["archive", "restore", "erase"])
def test_a_crash_at_any_statement_leaves_nothing_half_done(act):
    admin, relation = factories.AdminFactory(), Canary("KANARIE").relation
    acts = {
        "archive": lambda: archive([relation.pk], by=admin, reason="other", answers=ANSWERS),
        "restore": lambda: restore([relation.pk], by=admin),
        "erase": lambda: erase([relation.pk], by=admin, reason="request", answers=ANSWERS),
    }
    if act != "archive":
        acts["archive"]()
    admin.has_perm("relations.erase_relation")  # asks its queries now, not in the act
    before, statements = state(), 0

    while True:
        try:
            with connection.execute_wrapper(crashing_after(statements)):
                acts[act]()
        except Crash:
            assert state() == before, f"statement {statements} left something behind"
            statements += 4 if act == "erase" else 1  # erasing has over a hundred; neighbours are mostly reads
        else:
            break

    assert statements > 15
    assert state() != before
