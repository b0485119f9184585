"""Restore archived relations: exactly what the act of archiving took comes back (R22)."""

from django.apps import apps
from django.db import connection, transaction
from django.utils import timezone

from archiving import fences, history, policies
from archiving.acts import beginning as acting
from archiving.models import Archival, ArchivalChange
from archiving.plans import archive_and_restore as planning
from archiving.plans.plan import Outcome
from archiving.policies import With
from archiving.reach import among, execute


@transaction.atomic
def restore(root_ids, *, by, expected=""):
    """Bring back `root_ids` and what was archived with each; returns an Outcome.

    Raises PermissionDenied (R3) or Drifted (B2); then nothing changed.
    """
    acting.begin("restore", root_ids, by)
    plan = acting.as_shown(planning.plan_restore(root_ids), expected)
    acts = planning.acts_of(plan.runnable)
    with fences.lifted():
        for policy in policies.policies():
            if isinstance(policy.archive, With):
                _bring_back(policy, acts)
        _put_values_back(acts)
        Archival.objects.filter(pk__in=acts.values()).update(restored_by=by, restored_at=timezone.now())
        history.record(policies.root(), acts, by=by, because="restored")
    return Outcome(done=list(acts), skipped=plan.blocked)


def _bring_back(policy, acts):
    table = policy.model._meta.db_table
    columns = ["id" if path == "pk" else policy.model._meta.get_field(path).column for path in policy.paths]
    mine = " OR ".join(f"{column} = ANY(%s)" for column in columns)
    value, params = ("NULL", []) if len(columns) == 1 else _act_of_the_other_end(table, columns, acts)
    execute(
        f"UPDATE {table} SET archival_id = {value} WHERE archival_id = ANY(%s) AND ({mine})",
        [*params, list(acts.values()), *([list(acts)] * len(columns))],
    )


def _act_of_the_other_end(table, columns, acts):
    """A row between two relations comes back only when both are active; until then it waits for the other's act."""
    ends = ", ".join(f"{table}.{column}" for column in columns)
    root = policies.root()._meta.db_table
    sql = f"(SELECT max(root.archival_id) FROM {root} root WHERE root.id IN ({ends}) AND root.id <> ALL(%s))"
    return sql, [list(acts)]


def _put_values_back(acts):
    """Values that archiving changed return, unless somebody changed them again since."""
    changes = ArchivalChange.objects.filter(archival__in=among(acts.values()))
    for label, name in changes.order_by().values_list("model", "field").distinct():
        model = apps.get_model(label)
        field = model._meta.get_field(name)
        execute(
            # back over the acts of this set, the last one first: its value, and where that was an act's too, its own
            f"WITH RECURSIVE mine AS (SELECT id, object_id, before, after FROM {ArchivalChange._meta.db_table} "
            "WHERE archival_id = ANY(%s) AND model = %s AND field = %s), back AS ("
            f"SELECT mine.* FROM mine JOIN {model._meta.db_table} row ON row.id = mine.object_id "
            f"AND row.{field.column}::text IS NOT DISTINCT FROM mine.after "
            "UNION SELECT mine.* FROM back JOIN mine ON mine.object_id = back.object_id "
            "AND mine.after = back.before AND mine.id < back.id) "
            f"UPDATE {model._meta.db_table} row SET {field.column} = first.before::{field.db_type(connection)} "
            "FROM (SELECT DISTINCT ON (object_id) object_id, before FROM back ORDER BY object_id, id) first "
            f"WHERE row.id = first.object_id{_still_there(field)}",
            [list(acts.values()), label, name],
        )
    _hand_on(acts)
    changes._raw_delete(changes.db)


def _still_there(field):
    """A relation gets its document back only while it is active itself (R76)."""
    if field.related_model is not policies.root():
        return ""
    return f" AND first.before::bigint IN (SELECT id FROM {policies.root()._meta.db_table} WHERE archival_id IS NULL)"


def _hand_on(acts):
    """A later act that changed the same value again gives back, when its turn comes, what was there before ours."""
    table = ArchivalChange._meta.db_table
    execute(
        f"UPDATE {table} later SET before = mine.before FROM {table} mine "
        "WHERE mine.archival_id = ANY(%s) AND later.archival_id <> ALL(%s) AND later.id > mine.id "
        "AND (later.model, later.object_id, later.field) = (mine.model, mine.object_id, mine.field) "
        "AND later.before = mine.after",
        [list(acts.values())] * 2,
    )
