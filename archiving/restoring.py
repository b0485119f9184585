"""Restore archived relations: exactly what the act of archiving took comes back (R22)."""

from django.apps import apps
from django.db import connection, transaction
from django.utils import timezone

from archiving import acting, fences, history, planning, policies
from archiving.models import Archival, ArchivalChange
from archiving.plans import Outcome
from archiving.policies import With
from archiving.reach import among, execute


@transaction.atomic
def restore(root_ids, *, by, expected=""):
    """Bring back `root_ids` and what was archived with each; returns an Outcome.

    Raises PermissionDenied (R3) or PlanChanged (B2); then nothing changed.
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
            f"UPDATE {model._meta.db_table} row SET {field.column} = change.before::{field.db_type(connection)} "
            f"FROM {ArchivalChange._meta.db_table} change WHERE change.archival_id = ANY(%s) "
            "AND change.model = %s AND change.field = %s AND row.id = change.object_id "
            f"AND row.{field.column}::text IS NOT DISTINCT FROM change.after",
            [list(acts.values()), label, name],
        )
    changes._raw_delete(changes.db)
