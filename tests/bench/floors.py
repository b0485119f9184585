"""The floor under an act: the bare UPDATE and DELETE statements for the same rows, by key, without history."""

from django.db import connection, transaction
from django.utils import timezone

from archiving import fences, policies
from archiving.erasure.scrubbing import assignments
from archiving.plans import archive_and_restore as planning
from archiving.policies import Anonymise, ByChoice, Delete, Stop, Unlink, With
from archiving.reach import orphans_of, rows_of
from tests.bench.measuring import Stopwatch


def archive(root_ids):
    """Statements of archiving `root_ids`; reading which rows they are is not timed."""
    for policy in policies.policies():
        table, keys = policy.model._meta.db_table, None
        if isinstance(policy.archive, With) and not policy.archive.choice:
            keys = _keys(planning.archived_rows(policy, root_ids))
            yield f"UPDATE {table} SET archival_id = 1 WHERE id = ANY(%s)", [keys]
        elif isinstance(policy.archive, Stop):
            keys = _keys(planning.archived_rows(policy, root_ids))
            column = policy.model._meta.get_field(policy.archive.field).column
            yield f"UPDATE {table} SET {column} = %s WHERE id = ANY(%s)", [timezone.localdate(), keys]


def restore(root_ids):
    acts = planning.acts_of(root_ids)
    for policy in policies.policies():
        if isinstance(policy.archive, With):
            keys = _keys(planning.restored_rows(policy, acts.keys(), acts.values()))
            yield f"UPDATE {policy.model._meta.db_table} SET archival_id = NULL WHERE id = ANY(%s)", [keys]


def erase(root_ids):
    for policy in policies.policies():
        rows = orphans_of(policy, root_ids) if policy.orphans else rows_of(policy, root_ids)
        for rule in [policy.orphans.rule] if policy.orphans else policy.erase:
            yield _erasing(policy.model, rule.keep if isinstance(rule, ByChoice) else rule, policy, rows)


def _erasing(model, rule, policy, rows):
    table, keys = model._meta.db_table, _keys(rows.filter(rule.when))
    match rule:
        case Delete():
            return f"DELETE FROM {table} WHERE id = ANY(%s)", [keys]
        case Unlink():
            column = model._meta.get_field(policy.paths[0]).column
            return f"UPDATE {table} SET {column} = NULL WHERE id = ANY(%s)", [keys]
        case Anonymise():
            values, params = assignments(model, rule)
            return f"UPDATE {table} SET {values} WHERE id = ANY(%s)", [*params, keys]


def timed(statements, chunks):
    """Seconds that the statements of all chunks take; each chunk is undone again."""
    watch = Stopwatch()
    for chunk in chunks:
        with transaction.atomic():
            with fences.lifted(), connection.cursor() as cursor:
                bare = [statement for statement in statements(chunk) if statement[1][-1]]
                with watch.running():
                    for sql, params in bare:
                        cursor.execute(sql, params)
                    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            transaction.set_rollback(True)
    return watch.seconds


def _keys(rows):
    return list(rows.order_by().values_list("pk", flat=True))
