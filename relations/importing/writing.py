"""Relations written set-based: one statement a chunk, history included. The values travel as one JSON document."""

import json
from itertools import batched

from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone

from archiving import history
from archiving.reach import execute
from relations.importing.fields import FIELDS
from relations.importing.intake import CHUNK
from relations.importing.lines import as_value
from relations.models import Relation

COLUMNS = [field for field in Relation._meta.concrete_fields if not field.primary_key and not field.generated]


def add(values, *, by, because):
    """New relations, one for each {field: text}; returns their ids in the same order. Each has a number."""
    empty = {field.column: field.get_default() for field in COLUMNS} | {"created_at": timezone.now()}
    names = ", ".join(field.column for field in COLUMNS)
    for chunk in batched(values, CHUNK):
        execute(
            f"INSERT INTO relations_relation ({names}) "
            f"SELECT {names} FROM jsonb_populate_recordset(NULL::relations_relation, %s::jsonb)",
            [_document([{**empty, **_stored(each)} for each in chunk])],
        )
    numbers = [each["number"] for each in values]
    ids = dict(Relation.objects.filter(number__in=numbers).values_list("number", "pk"))
    history.record(Relation, ids.values(), by=by, because=because, kind="+")
    return [ids[number] for number in numbers]


def change(values, *, by, because):
    """Give relations other values, {id: {field: text}}; a field that is not named for a relation keeps its value."""
    for chunk in batched(values.items(), CHUNK):
        names = [name for name in FIELDS if any(name in each for _pk, each in chunk)]
        execute(
            f"UPDATE relations_relation r SET {', '.join(f'{name} = wanted.{name}' for name in names)} "
            "FROM jsonb_array_elements(%s::jsonb) AS given(row) "
            "JOIN relations_relation now ON now.id = (given.row ->> 'id')::bigint "
            "CROSS JOIN LATERAL jsonb_populate_record(now, given.row) AS wanted "  # what is not named comes from `now`
            "WHERE r.id = wanted.id",
            [_document([{"id": pk, **_stored(each)} for pk, each in chunk])],
        )
    history.record(Relation, values, by=by, because=because)


def _stored(texts):
    return {name: as_value(name, text) for name, text in texts.items()}


def _document(rows):
    return json.dumps(rows, cls=DjangoJSONEncoder)
