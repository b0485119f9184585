"""Undoing an import: what it made goes, what it changed gets its values back, as far as nobody went on with it.

A relation that was made by mistake a moment ago and has nothing is removed with its history; that is no erasure as in
R1, and its number may be used again (docs/decisions/0005-undo-of-an-import.md).
"""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from archiving import fences
from archiving.policies import policies
from archiving.reach import among
from archiving.reach import execute as run_sql
from crm.core.drift import digest
from crm.core.refusals import Refusal
from relations.importing import writing
from relations.importing.intake import permit
from relations.importing.lines import as_text
from relations.models import Relation, RelationImport, RelationImportRow, RowOutcome


@dataclass(frozen=True)
class UndoPlan:
    remove: list  # rows whose relation goes
    revert: list  # rows whose relation gets its values back
    kept: list  # (row, why its relation stays as it is)

    @property
    def hash(self):
        """The same as long as the same would happen."""
        parts = [[row.pk for row in self.remove], [row.pk for row in self.revert], [row.pk for row, _why in self.kept]]
        return digest(parts)

    @property
    def does_something(self):
        return bool(self.remove or self.revert)


def plan(source):
    """What undoing would do now, and to which it would not and why."""
    rows = list(source.rows.exclude(relation=None).select_related("relation"))
    made = [row for row in rows if row.outcome == RowOutcome.NEW]
    reasons = _reasons_against_removing([row.relation_id for row in made])
    reasons |= {row.relation_id: _reason_against_reverting(row) for row in rows if row.outcome == RowOutcome.CHANGED}
    reasons |= {row.relation_id: _("restricted meanwhile") for row in rows if _is_withheld(row.relation, source.by)}
    free = [row for row in rows if not reasons.get(row.relation_id)]
    return UndoPlan(
        remove=[row for row in free if row.outcome == RowOutcome.NEW],
        revert=[row for row in free if row.outcome == RowOutcome.CHANGED],
        kept=[(row, reasons[row.relation_id]) for row in rows if reasons.get(row.relation_id)],
    )


@transaction.atomic
def undo(source, *, by, expected):
    """Carry out the plan whose hash is `expected`; a second click finds it done."""
    permit(by, source)
    source = RelationImport.objects.select_for_update().get(pk=source.pk)
    if source.is_undone:
        return source
    _lock_relations(source)
    now = plan(source)
    _refuse(source, now, expected)
    because = _("Import %(number)d undone") % {"number": source.pk}
    values_before = {row.relation_id: row.before for row in now.revert}
    _let_go(source, now)
    _remove([row.relation_id for row in now.remove])
    writing.change(values_before, by=by, because=because)
    source.undone_at = timezone.now()
    source.save(update_fields=["undone_at"])
    return source


def _refuse(source, now, expected):
    if not source.is_executed:
        raise Refusal(_("This import has not been carried out yet; there is nothing to undo."))
    if now.hash != expected:
        raise Refusal(_("Nothing was undone: somebody changed one of these relations meanwhile. Look once more."))
    if not now.does_something:
        raise Refusal(_("Nothing of this import can be undone any more."))


def _lock_relations(source):
    touched = Relation.objects.filter(pk__in=source.rows.exclude(relation=None).values("relation"))
    list(touched.order_by("pk").select_for_update().values_list("pk"))


def _let_go(source, now):
    """The rows keep which relations stayed and why; no values."""
    done = source.rows.filter(pk__in=among([row.pk for row in [*now.remove, *now.revert]]))
    done.update(relation=None, before={}, after={})
    for why in {why for _row, why in now.kept}:
        rows = source.rows.filter(pk__in=among([row.pk for row, reason in now.kept if reason == why]))
        rows.update(error=why, before={}, after={})


def _remove(ids):
    """In SQL: deleting through the models would write history rows with everything that must go.

    The fence lets nobody delete a relation (R1); those that were archived meanwhile it would be right about.
    """
    RelationImportRow.objects.filter(relation__in=among(ids)).update(relation=None)  # of dry runs still open
    with fences.lifted():
        for rows in (Relation.history.filter(id__in=among(ids)), Relation.objects.active().filter(pk__in=among(ids))):
            rows.order_by()._raw_delete(rows.db)


def _is_withheld(relation, by):
    return by is not None and not relation.is_seen_by(by)


def _reason_against_reverting(row):
    if row.relation.is_archived:
        return _("archived meanwhile")
    if any(as_text(row.relation, name) != value for name, value in row.after.items()):
        return _("changed since")
    return ""


def _reasons_against_removing(ids):
    """{id: why} of relations that somebody went on with."""
    in_use, untouched = _in_use(ids), _untouched(ids)
    return {pk: _("something belongs to it by now") for pk in in_use} | {
        pk: _("changed since") for pk in ids if pk not in in_use and pk not in untouched
    }


def _in_use(ids):
    """Relations that a row of any registered model points at, or a history row of one that is gone."""
    first, *others = [rows for policy in policies() for rows in _pointing(policy, ids)]
    return {row["used"] for row in first.union(*others)}


def _pointing(policy, ids):
    if policy.model is RelationImportRow:
        return
    own = [] if policy.is_root or policy.orphans else policy.paths
    for path in [*own, *(reference.field for reference in policy.references)]:
        models = [policy.model, policy.history] if policy.history and "__" not in path else [policy.model]
        for model in models:
            yield model._base_manager.filter(**{f"{path}__in": among(ids)}).order_by().values(used=F(path))


def _untouched(ids):
    """Relations that are exactly as the import made them: one history row, and the same values as in it."""
    history = Relation.history.model
    table, columns = history._meta.db_table, [field.column for field in history.tracked_fields]
    now, then = (", ".join(f"{alias}.{column}" for column in columns) for alias in ("r", "h"))
    return set(
        run_sql(
            f"SELECT r.id FROM relations_relation r JOIN {table} h ON h.id = r.id "
            f"WHERE r.id = ANY(%s) AND ({now}) IS NOT DISTINCT FROM ({then}) "
            f"AND NOT EXISTS (SELECT 1 FROM {table} o WHERE o.id = r.id AND o.history_id <> h.history_id)",
            [ids],
        )
    )
