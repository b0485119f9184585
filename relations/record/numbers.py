"""The numbers of relations: each is given once, and never again after its relation was erased (R87)."""

from django.db import connection

from archiving.erasure.numbers import is_retired, retired
from relations.models import Relation

__all__ = ["is_retired", "issue_number", "issue_numbers"]

AT_MOST_DRAWN = 10_000


def issue_number():
    return issue_numbers(1)[0]


def issue_numbers(count):
    """`count` new numbers in ascending order; skips those in use and those of erased relations."""
    issued, batch = [], count
    while len(issued) < count:
        issued += _free(_draw(batch))
        batch = min(batch * 2, AT_MOST_DRAWN)  # typed or imported numbers may lie far ahead of the sequence
    return issued[:count]


def _draw(count):
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('relations_number')::text FROM generate_series(1, %s)", [count])
        return [number for (number,) in cursor]


def _free(numbers):
    used = set(Relation.objects.filter(number__in=numbers).values_list("number", flat=True))
    used |= retired(numbers)
    return [number for number in numbers if number not in used]
