"""What the relations of a draft have now, property by property, counted once for however many there are.

Kept on the job are counts and keys only: a value that all of them share is read from one of them when it is shown, so
that nothing outlives the erasure of a relation.
"""

import json

from django.db import connection

from crm.jobs.models import JobItem
from relations.bulk.properties.columns import TABLE, TAG_TABLE
from relations.bulk.properties.fields import PROPERTIES, TAGS

ITEMS = JobItem._meta.db_table
MOST_SHOWN = 3


def spread(job):
    """{name: counts}: for a switch how many have it on, for a choice {value: count}, else [filled in, all the same]."""
    if "spread" not in job.preview:
        job.preview["spread"] = _counted(job)
        _keep(job)
    return job.preview["spread"]


def _keep(job):
    """Beside what else is in `preview` by now; nothing is lost when two do this at once."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {type(job)._meta.db_table} SET preview = preview || %s::jsonb WHERE id = %s",
            [json.dumps({"spread": job.preview["spread"]}), job.pk],
        )


def _counted(job):
    asked = {(each.name, key): sql for each in PROPERTIES.values() for key, sql in _aggregates(each).items()}
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*), {', '.join(asked.values())} FROM {ITEMS} item JOIN {TABLE} r ON r.id = item.target_id "
            "WHERE item.job_id = %s",
            [job.pk],
        )
        total, *values = cursor.fetchone()
    found = {"total": total}
    for (name, key), value in zip(asked, values, strict=True):
        found.setdefault(name, {})[key] = value
    return found | {TAGS: _tags(job), "manager": found["manager"] | {"most": _managers(job)}}


def _aggregates(each):
    """{key: SQL} of one property."""
    field, column = each.model_field, f"r.{each.model_field.column}"
    if each.is_switch:
        return {"on": f"count(*) FILTER (WHERE {column})" if not field.null else f"count({column})"}
    if each.is_choice:
        return {value: f"count(*) FILTER (WHERE {column} = '{value}')" for value, _label in field.choices}
    filled = f"nullif({column}, '')" if each.is_text else column
    return {"filled": f"count({filled})", "same": f"coalesce(min({filled}) = max({filled}), false)"}


def _tags(job):
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT t.tag_id, count(*) FROM {TAG_TABLE} t JOIN {ITEMS} item ON item.target_id = t.relation_id "
            "WHERE item.job_id = %s GROUP BY 1",
            [job.pk],
        )
        return {str(tag): count for tag, count in cursor.fetchall()}


def _managers(job):
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT r.manager_id, count(*) FROM {ITEMS} item JOIN {TABLE} r ON r.id = item.target_id "
            "WHERE item.job_id = %s AND r.manager_id IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT %s",
            [job.pk, MOST_SHOWN],
        )
        return cursor.fetchall()
