"""Relations written set-based: one statement a chunk, history included."""

import json

from archiving import history
from archiving.reach import execute
from relations.importing.fields import FIELDS
from relations.importing.intake import CHUNK
from relations.importing.lines import as_value
from relations.models import Relation


def add(values, *, by, because):
    """New relations, one for each {field: text}."""
    relations = [Relation(**_stored(each)) for each in values]
    Relation.objects.bulk_create(relations, batch_size=CHUNK)
    history.record(Relation, [relation.pk for relation in relations], by=by, because=because, kind="+")
    return relations


def change(values, *, by, because):
    """Give relations other values, {id: {field: text}}; a field that is not named for a relation keeps its value."""
    if not values:
        return
    names = [name for name in FIELDS if any(name in each for each in values.values())]
    execute(
        f"UPDATE relations_relation r SET {', '.join(f'{name} = wanted.{name}' for name in names)} "
        "FROM jsonb_array_elements(%s::jsonb) AS given(row) "
        "JOIN relations_relation now ON now.id = (given.row ->> 'id')::bigint "
        "CROSS JOIN LATERAL jsonb_populate_record(now, given.row) AS wanted "  # what is not named comes from `now`
        "WHERE r.id = wanted.id",
        [json.dumps([{"id": pk, **_stored(each)} for pk, each in values.items()])],
    )
    history.record(Relation, list(values), by=by, because=because)


def _stored(texts):
    return {name: as_value(name, text) for name, text in texts.items()}
