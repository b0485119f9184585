"""SQL over the values of a JobItem, {field: value}: what a relation is compared with and what is written to it.

In all of it `r` is the relation and `item` the item. `tags` is no column: under `before` stand the tags that go, under
`after` those that come, so that the two changed places are the change taken back.
"""

from relations.bulk.properties.fields import TAGS
from relations.models import Relation, RelationTag

TABLE, TAG_TABLE = Relation._meta.db_table, RelationTag._meta.db_table
TYPES = {"BooleanField": "boolean", "DateField": "date", "DateTimeField": "timestamptz", "ForeignKey": "bigint"}


def fields_of(names):
    return [Relation._meta.get_field(name) for name in names if name != TAGS]


def sql_type(field):
    """Text without a length: a cast to varchar(80) would cut silently what is longer."""
    return TYPES.get(field.get_internal_type(), "text")


def value(field, document):
    return f"(item.{document} ->> '{field.name}')::{sql_type(field)}"


def assignments(names):
    """`SET` of the columns that an item names; the others keep what they have on the locked row."""
    return ", ".join(
        f"{f.column} = CASE WHEN item.after ? '{f.name}' THEN {value(f, 'after')} ELSE r.{f.column} END"
        for f in fields_of(names)
    )


def holds(names, old="before", new="after"):
    """Whether the relation has the values under `old` and none of the tags that would come under `new`."""
    same = [
        f"(NOT item.{old} ? '{f.name}' OR r.{f.column} IS NOT DISTINCT FROM {value(f, old)})" for f in fields_of(names)
    ]
    if TAGS in names:
        same += [f"NOT EXISTS ({_tags(old, lacking=True)})", f"NOT EXISTS ({_tags(new, lacking=False)})"]
    return " AND ".join(same)


def _tags(document, *, lacking):
    """The tags under `document` that the relation lacks, or those that it has."""
    had = f"SELECT 1 FROM {TAG_TABLE} t WHERE t.relation_id = r.id AND t.tag_id = named.id::bigint"
    return f"SELECT 1 FROM {tags_under(document)} WHERE {'NOT ' if lacking else ''}EXISTS ({had})"


def tags_under(document):
    return f"jsonb_array_elements_text(item.{document} -> '{TAGS}') AS named(id)"
