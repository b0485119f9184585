"""Erase archived relations for good (R23-R37, R86-R97; docs/decisions/0002).

Why it is built like this: Django's own delete writes history rows with the full old data and asks a query a row, so
every step is SQL over the whole set. Rows are changed or deleted first and their history removed after: whoever was
still writing a row holds its lock until then, so that no history row can come after us. Numbers go through a keyed
hash, files through an outbox, figures are compared before and after, and anything unexpected rolls all of it back.
"""

from django.db import transaction
from django.utils import timezone

from archiving import fences, history, policies, tasks
from archiving.acts import beginning as acting
from archiving.acts.answers import checked
from archiving.erasure import figures, files, job_traces, numbers, register
from archiving.erasure.scrubbing import assignments
from archiving.models import ErasureReason, RetiredNumber, Tombstone
from archiving.plans.erase import ANONYMISE, DELETE, plan_erase
from archiving.plans.plan import Outcome
from archiving.policies import Anonymise, ByChoice, Delete, Unlink
from archiving.reach import among, execute, ghosts_of, keys_sql, orphans_of, rows_of

EVERY_FILE = "every"


@transaction.atomic
def erase(root_ids, *, by, reason, answers=None, keep_files=(), expected=""):
    """Erase `root_ids` as the plan says; returns an Outcome, in which those with a blocker are skipped.

    `reason` is an ErasureReason, `keep_files` the keys of dossier items whose own file stays, or EVERY_FILE (R28, R29).
    Raises PermissionDenied (R3, R97), Drifted (B2), Unanswered or FiguresChanged (B6); then nothing changed.
    """
    acting.require_reason(reason, ErasureReason)
    acting.begin("erase", root_ids, by)
    plan = acting.as_shown(plan_erase(root_ids), expected)
    answers = checked(plan, answers)
    before = figures.of(plan.runnable)
    with fences.lifted():
        _retire_numbers(plan.runnable)
        job_traces.forget(plan.runnable)
        entries = register.enter(
            plan.modes,
            by=by,
            at=timezone.now(),
            reason=reason,
            counts={str(effect.label): effect.count for effect in plan.effects},
            retention_acknowledged=answers.get("retention", False),
        )
        _Erasing(plan, answers, keep_files).run()
        Tombstone.objects.bulk_create(Tombstone(key=pk) for pk, mode in plan.modes.items() if mode == DELETE)
        _point_at_register(plan.modes, entries)
        execute("SET CONSTRAINTS ALL IMMEDIATE")
    figures.require_equal(before, figures.of(plan.runnable))
    transaction.on_commit(lambda: tasks.remove_files.apply_async(retry=False), robust=True)
    return Outcome(done=list(plan.runnable), skipped=plan.blocked, modes=plan.modes)


def _retire_numbers(root_ids):
    """R87: never to be issued or typed again."""
    old = policies.root()._base_manager.filter(pk__in=among(root_ids)).values_list("number", flat=True)
    hashes = [RetiredNumber(hash=numbers.retired_hash(number)) for number in old]
    RetiredNumber.objects.bulk_create(hashes, ignore_conflicts=True)


def _point_at_register(modes, entries):
    kept = [pk for pk, mode in modes.items() if mode == ANONYMISE]
    table = policies.root()._meta.db_table
    execute(
        f"UPDATE {table} SET erasure_id = entry.id FROM unnest(%s::bigint[], %s::bigint[]) AS entry(root, id) "
        f"WHERE {table}.id = entry.root",
        [kept, [entries[pk].pk for pk in kept]],
    )


def _farthest_first():
    """Rows that are found over another table go before the rows of that table."""
    return sorted(policies.policies(), key=lambda policy: -max(path.count("__") for path in policy.paths))


class _Erasing:
    """One run over the registry: every policy's rule for the relations that are anonymised and those that go."""

    def __init__(self, plan, answers, keep_files):
        self.kept = [pk for pk, mode in plan.modes.items() if mode == ANONYMISE]
        self.gone = [pk for pk, mode in plan.modes.items() if mode == DELETE]
        self.everybody = list(plan.runnable)
        self.answers = answers
        self.keep_files = [file.id for file in plan.files if keep_files == EVERY_FILE or file.id in keep_files]
        self.keep_paths = [file.path for file in plan.files if file.id in self.keep_files]

    def run(self):
        files.keep(self.keep_paths)
        orphans = self._find_orphans()
        ghosts = {policy: ghosts_of(policy, self.everybody) for policy in orphans}
        for policy in _farthest_first():
            if policy.orphans is None:
                touched = [*self._anonymise(policy), *self._really_delete(policy)]
                self._scrub_references(policy)
                self._forget(policy, touched)
        for policy, keys in orphans.items():
            rows = policy.model._base_manager.filter(pk__in=among(keys))
            self._forget(policy, self._apply(policy, policy.orphans.rule, rows) + ghosts[policy])

    def _find_orphans(self):
        """Before their links are gone. Their rows are locked: a link made meanwhile finds them gone, or waits.

        Asked again once locked: whoever we waited for may just have given one a link elsewhere.
        """
        found = {}
        for policy in policies.policies():
            if policy.orphans:
                rows = orphans_of(policy, self.everybody).order_by("pk").values_list("pk", flat=True)
                locked = list(rows.select_for_update())
                found[policy] = list(rows.filter(pk__in=among(locked)))
        return found

    def _anonymise(self, policy):
        touched = []
        for rule in policy.erase:
            if self.kept:
                touched += self._apply(policy, self._chosen(rule), rows_of(policy, self.kept))
        return touched

    def _really_delete(self, policy):
        """R88: everything goes; what is only linked loses the link (R30)."""
        if not self.gone:
            return []
        unlink = next((rule for rule in policy.erase if isinstance(rule, Unlink)), None)
        touched = self._apply(policy, unlink, rows_of(policy, self.gone)) if unlink else []
        rest = next((rule for rule in policy.erase if isinstance(rule, Delete)), Delete() if not unlink else None)
        return touched + (self._apply(policy, rest, rows_of(policy, self.gone)) if rest else [])

    def _chosen(self, rule):
        if isinstance(rule, ByChoice):
            return rule.keep if self.answers.get(rule.question) == "keep" else rule.delete
        return rule

    def _apply(self, policy, rule, rows):
        """Carry out one rule; returns the keys of the rows it touched."""
        rows = rows.filter(rule.when)
        table = policy.model._meta.db_table
        self._mark_files(rule, rows)
        sql, params = keys_sql(rows)
        if isinstance(rule, Delete):
            self._let_go(policy, sql, params)
            return execute(f"DELETE FROM {table} WHERE id IN ({sql}) RETURNING id", params)
        if isinstance(rule, Unlink):
            column = policy.model._meta.get_field(policy.paths[0]).column
            return execute(f"UPDATE {table} SET {column} = NULL WHERE id IN ({sql}) RETURNING id", params)
        values, given = assignments(policy.model, rule)
        return execute(f"UPDATE {table} SET {values} WHERE id IN ({sql}) RETURNING id", [*given, *params])

    def _let_go(self, policy, sql, params):
        """Rows of others that hang under rows that go (a note moved to another relation) stay, without the link."""
        for link in policy.model._meta.related_objects if not policy.is_root else ():
            if link.field.null and policies.policy_of(link.related_model):
                table, column = link.related_model._meta.db_table, link.field.column
                execute(f"UPDATE {table} SET {column} = NULL WHERE {column} IN ({sql})", params)

    def _mark_files(self, rule, rows):
        for name in getattr(rule, "files", ()):
            files.mark(rows, name)
        for name in getattr(rule, "optional_files", ()):
            files.mark(rows.exclude(pk__in=self.keep_files), name)

    def _scrub_references(self, policy):
        """Texts in rows of somebody else that tell who this was: the address on an invoice sent to this debtor."""
        for reference in policy.references:
            if reference.scrub:
                rows = policy.model._base_manager.filter(**{f"{reference.field}__in": among(self.everybody)})
                rows = rows.exclude(**{f"{policy.paths[0]}__in": among(self.everybody)})  # those are empty already
                everything = {f.name for f in policy.model._meta.concrete_fields}
                rewritten = {"scrub": reference.scrub, "files": reference.files}
                kept = everything.difference(*rewritten.values())
                rule = Anonymise(keep=dict.fromkeys(kept), **rewritten)
                self._apply(policy, rule, rows)

    def _forget(self, policy, touched):
        if policy.history:
            history.forget(policy, touched, self.everybody, keep_files=self.keep_paths)
