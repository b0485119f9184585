"""A chosen change, {field: {"how": …, "value": …, "old": …}} and {"tags": {"add": …, "remove": …}}, as SQL.

Every function gives (sql, params); `r` is the relation as it is now, `new` as it would be.
"""

from relations.bulk.properties.columns import fields_of, sql_type
from relations.bulk.properties.fields import TAGS, How
from relations.models import Relation, RelationStatus


def columns(changes):
    """The fields that a change writes: the date of a former relation goes along with its status."""
    return [*changes, *(["former_since"] if "status" in changes and "former_since" not in changes else [])]


def expressions(changes):
    """{field name: (sql, params)}: what each column becomes."""
    found = {f.name: _expression(f, changes.get(f.name, {})) for f in fields_of(columns(changes))}
    if "status" in found:
        (status, of_status), (since, of_since) = found["status"], found["former_since"]
        sql = f"CASE WHEN {status} = '{RelationStatus.FORMER}' THEN {since} END"
        found["former_since"] = (sql, [*of_status, *of_since])
    return found


def _expression(field, change):
    column, given, new = f"r.{field.column}", f"%s::{sql_type(field)}", change.get("value")
    nothing = "NULL" if field.null else "''"
    match change.get("how"):
        case None:
            return column, []
        case How.CLEAR:
            return f"{nothing}::{sql_type(field)}", []
        case How.FILL:
            is_empty = f"{column} IS NULL" if field.null else f"{column} = ''"
            return f"CASE WHEN {is_empty} THEN {given} ELSE {column} END", [new]
        case How.REPLACE:
            return f"CASE WHEN {column} = {given} THEN {given} ELSE {column} END", [change["old"], new]
        case How.APPEND:
            return _appended(column), [new, new, new, new]
    return given, [new]


def _appended(column):
    """Once: text that ends with it already stays as it is."""
    return (
        f"CASE WHEN {column} = '' THEN %s::text "
        f"WHEN right(' ' || {column}, length(%s::text) + 1) = ' ' || %s::text THEN {column} "
        f"ELSE {column} || ' ' || %s::text END"
    )


def obstacles(changes):
    """[(reason, condition)]: what would break a rule of the database, told of that relation alone."""
    found, names = [], columns(changes)
    if "status" in names:
        found.append(("NEEDS_DATE", f"new.status = '{RelationStatus.FORMER}' AND new.former_since IS NULL"))
    elif "former_since" in names:
        found.append(("NOT_FORMER", f"r.status <> '{RelationStatus.FORMER}'"))
    if "invoice_debtor" in names:
        found.append(("OWN_DEBTOR", "new.invoice_debtor = r.id"))
    for name, change in changes.items():
        if name != TAGS and change["how"] == How.APPEND:
            found.append(("TOO_LONG", f"length(new.{name}) > {Relation._meta.get_field(name).max_length}"))
    return found
