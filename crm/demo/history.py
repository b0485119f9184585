"""What the history of changes would hold had people typed all this: set-based, as the rows themselves."""

from relations.models import ClientActivity, Contact, Contract, Note, Person, Relation

# Another value than today's, at first: an old telephone number, address, status or manager.
MOVED = "pg_temp.chance('moved', r.i, 18)"
RENAMED = "pg_temp.chance('renamed', r.i, 9)"
BEFORE = {
    "street": f"CASE WHEN {MOVED} THEN pg_temp.street(-r.i) || ' ' || 1 + pg_temp.pick('house', -r.i, 190)"
    " ELSE t.street END",
    "postal_code": f"CASE WHEN {MOVED} THEN pg_temp.postal_code(split_part(r.place, '|', 2), -2 * r.i)"
    " ELSE t.postal_code END",
    "email": f"CASE WHEN {RENAMED} THEN 'contact@' || split_part(t.email, '@', 2) ELSE t.email END",
    "status": "CASE WHEN t.status = 'former' THEN 'client' ELSE t.status END",
    "former_since": "NULL::date",
}


def statements():
    relation = "JOIN demo_relation r ON r.id = t.relation_id"
    person = "JOIN demo_contact c ON c.person_id = t.id"
    return [
        _history(Relation, "JOIN demo_relation r ON r.id = t.id", "+", "t.created_at", "t.manager_id", BEFORE),
        _moved(),
        _left(),
        _history(Person, person, "+", "pg_temp.moment(c.first_day, c.i * 10 + c.k)"),
        _history(Contact, relation, "+", "pg_temp.moment(r.first_day, r.i)", "r.manager_id"),
        _history(Contract, relation, "+", "pg_temp.moment(r.first_day, r.i)", "r.manager_id"),
        _history(Note, relation, "+", "t.at", "t.author_id"),
        _history(
            ClientActivity, relation, "+", "coalesce(t.done_at, pg_temp.moment(r.last_day - 9, r.i))", "t.owner_id"
        ),
    ]


def _moved():
    """The change of address and e-mail address, while still a client."""
    was = {"status": BEFORE["status"], "former_since": BEFORE["former_since"]}
    join = f"JOIN demo_relation r ON r.id = t.id AND ({MOVED} OR {RENAMED})"
    at = "pg_temp.moment(r.first_day + 1 + pg_temp.pick('moved at', r.i, r.last_day - r.first_day - 1), r.i)"
    by = "pg_temp.employee(1 + pg_temp.pick('moved by', r.i, 5))"
    return _history(Relation, join, "~", at, by, was)


def _left():
    join = "JOIN demo_relation r ON r.id = t.id AND r.status = 'former'"
    return _history(Relation, join, "~", "pg_temp.moment(r.former_since, r.i)", "t.manager_id")


def _history(model, join, kind, at, by="NULL::bigint", was=None):
    """INSERT … SELECT: a row of history for every row of `model` that `join` finds; `was`: columns that differed."""
    was = was or {}
    history = model.history.model
    columns = [f.column for f in history._meta.concrete_fields if not f.name.startswith("history_")]
    values = [was.get(column, f't."{column}"') for column in columns]
    return f"""
        INSERT INTO {history._meta.db_table}
            ({", ".join(f'"{column}"' for column in columns)}, history_date, history_type, history_user_id)
        SELECT {", ".join(values)}, {at}, '{kind}', {by} FROM {model._meta.db_table} t {join} ORDER BY t.id"""
