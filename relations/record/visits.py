"""Remembering which relations an employee looked at last."""

from django.db import connection, transaction
from django.utils import timezone

from relations.models import RelationVisit

KEPT = 10

# Looking waits for nobody: while the relation is being archived or erased, the visit is not remembered.
REMEMBER = """
INSERT INTO relations_relationvisit (employee_id, relation_id, at)
SELECT %s, id, %s FROM relations_relation WHERE id = %s AND erasure_id IS NULL FOR KEY SHARE SKIP LOCKED
ON CONFLICT (employee_id, relation_id) DO UPDATE SET at = EXCLUDED.at
"""


@transaction.atomic
def remember(relation, *, by, now=None):
    """`by` has opened the page of `relation`; their visits before the newest ten are forgotten."""
    with connection.cursor() as cursor:
        cursor.execute(REMEMBER, [by.pk, now or timezone.now(), relation.pk])
    own = RelationVisit.objects.filter(employee=by)
    own.exclude(pk__in=own.order_by("-at", "-pk").values("pk")[:KEPT]).delete()
