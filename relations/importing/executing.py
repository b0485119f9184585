"""Carrying an import out: all rows in one transaction, and only what the dry run showed (B2)."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from archiving.reach import execute as run_sql
from crm.core.refusals import Refusal
from relations.importing import writing
from relations.importing.checking import Finding, judge
from relations.importing.intake import permit
from relations.models import RelationImport, RowOutcome
from relations.record.numbers import issue_numbers


class Changed(Refusal):
    """Rows would get another outcome than the dry run showed: `lines` says which."""

    def __init__(self, lines):
        self.lines = lines
        super().__init__(
            ngettext(
                "Nothing was imported: line %(lines)s has another outcome now than when you looked.",
                "Nothing was imported: lines %(lines)s have another outcome now than when you looked.",
                len(lines),
            )
            % {"lines": _listed(lines)}
            if lines
            else _("Nothing was imported: somebody used one of these numbers at the same moment.")
        )


class ErrorsLeft(Refusal):
    """There are error rows, and nobody said to leave them out."""

    status = 422


def _listed(lines, shown=10):
    text = ", ".join(str(line) for line in lines[:shown])
    return text if len(lines) <= shown else f"{text}, …"


def execute(source, *, by, leave_out_errors=False):
    """Import what the dry run showed; a second click finds it done. Error rows stay out only when told so."""
    permit(by, source)
    try:
        return _execute(source, by, leave_out_errors)
    except IntegrityError:  # a number was given to another relation between our look and our write
        raise Changed([]) from None


@transaction.atomic
def _execute(source, by, leave_out_errors):
    run_sql("SELECT pg_advisory_xact_lock(hashtext('relations.importing'))")  # the same file twice: one after the other
    source = RelationImport.objects.select_for_update().get(pk=source.pk)
    if source.is_executed:
        return source
    _refuse_unready(source, leave_out_errors)
    rows = list(source.rows.all())
    _refuse_changed(rows, source.mapping, by)
    because = _("Import %(number)d") % {"number": source.pk}
    _add([row for row in rows if row.outcome == RowOutcome.NEW], by, because)
    writing.change({r.relation_id: r.after for r in rows if r.outcome == RowOutcome.CHANGED}, by=by, because=because)
    _keep_for_undo(source)
    source.executed_at = timezone.now()
    source.save(update_fields=["executed_at"])
    return source


def _refuse_unready(source, leave_out_errors):
    if not source.is_checked:
        raise Refusal(_("Choose first what every column is."))
    if not source.writes:
        raise Refusal(_("There is nothing to import: no line is new or changed."))
    if source.errors and not leave_out_errors:
        raise ErrorsLeft(
            _("Nothing was imported: there are lines with an error. Correct the file, or tick that they are left out.")
        )


def _refuse_changed(rows, mapping, by):
    findings = judge(rows, mapping, by=by, lock=True)
    lines = [row.line for row, now in zip(rows, findings, strict=True) if Finding.stored(row) != now]
    if lines:
        raise Changed(lines)


def _add(rows, by, because):
    if not rows:
        return
    numbers = iter(issue_numbers(sum("number" not in row.after for row in rows)))
    values = [row.after if "number" in row.after else {**row.after, "number": next(numbers)} for row in rows]
    ids = writing.add(values, by=by, because=because)
    run_sql(
        "UPDATE relations_relationimportrow r SET relation_id = made.relation, after = '{}', cells = '[]' "
        "FROM unnest(%s::bigint[], %s::bigint[]) AS made(id, relation) WHERE r.id = made.id",
        [[row.pk for row in rows], ids],
    )


def _keep_for_undo(source):
    """Only what undo needs, tied to its relation, so that erasing it takes the row along; new ones are bare already."""
    source.rows.filter(outcome=RowOutcome.CHANGED).update(cells=[])
    useless = source.rows.filter(outcome__in=[RowOutcome.UNCHANGED, RowOutcome.ERROR])
    useless.update(relation=None, cells=[], before={}, after={})
