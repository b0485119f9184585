"""Demo data of any size, made in the database itself: as many statements for a million relations as for 400.

Why by hashing in SQL: docs/decisions/0006.
"""

import logging
import time

from django.db import connection, transaction

from archiving import fences
from archiving.models import RetiredNumber
from crm.demo import billing, history, names, portals, relations, staff, states, work
from crm.demo.shown import SHOWN
from relations.models import Relation

logger = logging.getLogger(__name__)
FEWEST = SHOWN + 20
# Where the database lets us, no foreign key is checked and no fence asked, which halves the time: what is inserted
# takes its keys from the rows themselves, and tests/demo checks each of them.
ROLE = """SELECT CASE WHEN has_parameter_privilege('session_replication_role', 'SET')
    THEN set_config('session_replication_role', '{}', true) END"""
WITHOUT_TRIGGERS, WITH_TRIGGERS = ROLE.format("replica"), ROLE.format("origin")


class NotEmpty(Exception):
    """There are relations already: demo data would mix with real."""


@transaction.atomic
def seed(count, *, today):
    """Make `count` relations with all that belongs to them, as they would be on `today`. All or nothing."""
    if Relation.objects.exists():
        raise NotEmpty
    fill(count, today=today)
    states.show(today=today)


@transaction.atomic
def fill(count, *, today):
    """The mass of the data: everything but the states that need the engine or a file."""
    employees = staff.employ(today=today)
    with fences.lifted(), connection.cursor() as cursor:
        for statement in _statements(count, today, employees):
            _run(cursor, statement)
    _forget_plans()


def analyse():
    """Let the planner know; after the commit, as the tables are this large only then."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _statements(count, today, employees):
    rates = [staff.RATES[employee.email] for employee in employees]
    first_number = _first_number()
    yield "SET CONSTRAINTS ALL IMMEDIATE"  # checked a statement at a time: a queue of millions would eat the memory
    yield WITHOUT_TRIGGERS
    yield from names.functions(today, [employee.pk for employee in employees], rates)
    yield from relations.statements(count, first_number)
    yield from work.statements()
    yield from billing.statements()
    yield from portals.statements()
    yield from history.statements()
    yield f"SELECT setval('relations_number', {first_number + count - 1})"
    yield WITH_TRIGGERS
    yield "SET CONSTRAINTS ALL DEFERRED"


def _first_number():
    """10001, or the next one when numbers were retired: those are never given again (R87)."""
    if not RetiredNumber.objects.exists():
        return 10001
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('relations_number')")
        return cursor.fetchone()[0]


def _run(cursor, statement):
    start = time.monotonic()
    cursor.execute(statement)
    logger.info("%6.2f s %9d rows  %s", time.monotonic() - start, cursor.rowcount, " ".join(statement.split())[:70])


def _forget_plans():
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(oid::regclass::text, ', ') FROM pg_class WHERE relname LIKE 'demo\\_%'")
        tables = cursor.fetchone()[0]
        cursor.execute(f"DROP TABLE {tables}")
