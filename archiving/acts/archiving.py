"""Archive relations with what follows them (R9-R13, R73-R78): always for a set, in one transaction."""

from django.db import connection, transaction
from django.utils import timezone

from archiving import fences, history, policies
from archiving.acts import beginning as acting
from archiving.acts.answers import checked
from archiving.models import Archival, ArchivalChange, ArchiveReason
from archiving.plans import archive_and_restore as planning
from archiving.plans.plan import Outcome
from archiving.policies import EndOn, Reassign, Stop, With
from archiving.reach import execute, keys_sql


@transaction.atomic
def archive(root_ids, *, by, reason, note="", answers=None, expected=""):
    """Archive `root_ids`, one Archival each; returns an Outcome, in which those with a blocker are skipped.

    `answers` {question key: value} answer the plan's questions; `expected` is the hash of the plan that was shown.
    Raises PermissionDenied (R2), Drifted (B2) or Unanswered (R75-R77); then nothing changed.
    """
    acting.require_reason(reason, ArchiveReason)
    acting.begin("archive", root_ids, by)
    plan = acting.as_shown(planning.plan_archive(root_ids), expected)
    answers = checked(plan, answers)
    with fences.lifted():
        acts = _open_acts(plan.runnable, by=by, reason=reason, note=note)
        for policy in policies.policies():
            _carry_out(policy, acts, answers)
        history.record(policies.root(), acts, by=by, because="archived")
    return Outcome(done=list(acts), skipped=plan.blocked)


def _open_acts(root_ids, *, by, reason, note):
    """{root id: id of its new act}."""
    now = timezone.now()
    acts = Archival.objects.bulk_create(
        [Archival(root_id=pk, by=by, at=now, reason=reason, note=note) for pk in root_ids]
    )
    return {act.root_id: act.pk for act in acts}


def _carry_out(policy, acts, answers):
    match policy.archive:
        case With(choice=choice):
            if not choice or answers.get(choice) == "delete":
                _take_along(policy, acts)
        case Stop(field=name):
            _change(policy, name, timezone.localdate(), acts, path=policy.paths[0])
        case EndOn(field=name, question=key, since=since):
            if answers.get(key):
                _change(policy, name, answers[key], acts, path=policy.paths[0], at_least=since)
        case Reassign(field=name, question=key):
            if answers.get(key):
                _change(policy, name, answers[key], acts, path=name)


def _take_along(policy, acts):
    """Rows that an earlier act archived keep pointing at that one."""
    table = policy.model._meta.db_table
    for path in policy.paths:
        column = "id" if path == "pk" else policy.model._meta.get_field(path).column
        execute(
            f"UPDATE {table} SET archival_id = act.id FROM unnest(%s::bigint[], %s::bigint[]) AS act(root, id) "
            f"WHERE {table}.{column} = act.root AND {table}.archival_id IS NULL",
            [list(acts), list(acts.values())],
        )


def _change(policy, name, value, acts, *, path, at_least=""):
    """Set field `name` to `value` where the plan said so, and remember the values before (ArchivalChange)."""
    table, field = policy.model._meta.db_table, policy.model._meta.get_field(name)
    column, root = field.column, policy.model._meta.get_field(path).column
    kind = field.db_type(connection)
    new = f"GREATEST(%s::{kind}, row.{at_least})" if at_least else f"%s::{kind}"
    rows, params = keys_sql(planning.archived_rows(policy, acts))
    execute(
        f"WITH found AS (SELECT row.id, act.id AS act, row.{column} AS before, {new} AS after FROM {table} row "
        f"JOIN unnest(%s::bigint[], %s::bigint[]) AS act(root, id) ON row.{root} = act.root "
        f"WHERE row.id IN ({rows}) FOR UPDATE OF row), "
        f"changed AS (UPDATE {table} SET {column} = found.after FROM found WHERE {table}.id = found.id) "
        f"INSERT INTO {ArchivalChange._meta.db_table} (archival_id, model, object_id, field, before, after) "
        "SELECT act, %s, id, %s, before::text, after::text FROM found",
        [value, list(acts), list(acts.values()), *params, policy.label, name],
    )
