"""Saving the hours of a whole week at once: all of it or nothing, in a fixed number of statements."""

from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from archiving import history
from billing.models import MonthLock, TimesheetLine
from billing.weeks import weeks
from billing.weeks.weeks import RowKey
from crm.accounts.models import Employee
from crm.core.refusals import Refusal, require
from relations.keeping import refuse_unless_active
from relations.models import Relation
from relations.rights import VIEW


class Stale(Refusal):
    """Another window, or somebody who invoiced, changed this week since it was shown."""


@dataclass
class Changes:
    added: list = field(default_factory=list)
    changed: list = field(default_factory=list)
    removed: list = field(default_factory=list)

    def __len__(self):
        return len(self.added) + len(self.changed) + len(self.removed)

    @property
    def lines(self):
        return [*self.added, *self.changed, *self.removed]


@transaction.atomic
def save_week(period, cells, *, expected, by):
    """Make the hours of `by` in the week as in `cells` {(RowKey, day): hours or None}; returns how many cells changed.

    What a cell holds is replaced, never added to, and only while the week still has the fingerprint `expected`: two
    windows that save the same week cannot double hours. Cells that are not named stay as they are. Locked in the order
    of everywhere: the employee (whose weeks are saved one after another), relations, lines.
    """
    require(by, VIEW)
    Employee.objects.select_for_update(no_key=True).get(pk=by.pk)
    relations = _locked_relations({key.relation_id for key, _day in cells})
    lines = list(weeks.lines_of(by, period).select_for_update())
    is_as_shown = weeks.fingerprint(lines) == expected  # before the lines are changed
    changes = _changes(lines, cells, by)
    if changes and not is_as_shown:
        raise Stale(_("These hours were changed meanwhile, in another window perhaps. Nothing was saved."))
    _refuse_what_stays(changes, relations, period)
    _write(changes, by)
    return len(changes)


def _locked_relations(ids):
    rows = Relation.objects.filter(pk__in=ids).order_by("pk").select_for_update(no_key=True)
    return {relation.pk: relation for relation in rows}


def _changes(lines, cells, by):
    there = {}
    for line in lines:
        there.setdefault((RowKey.of(line), line.worked_on), []).append(line)
    changes = Changes()
    for (key, day), hours in cells.items():
        _compare(changes, there.get((key, day), []), key, day, hours, by)
    return changes


def _compare(changes, lines, key, day, hours, by):
    if sum(line.hours for line in lines) == (hours or 0):
        return
    if len(lines) > 1 or any(line.invoice_line_id for line in lines):
        raise Stale(_("Some of these hours are on an invoice or on several lines by now. Nothing was saved."))
    if not lines:
        fields = {"relation_id": key.relation_id, "service": key.service, "rate": key.rate, "billable": key.billable}
        changes.added.append(TimesheetLine(employee=by, worked_on=day, hours=hours, **fields))
    elif hours:
        lines[0].hours = hours
        changes.changed.append(lines[0])
    else:
        changes.removed.append(lines[0])


def _refuse_what_stays(changes, relations, period):
    locked = MonthLock.objects.months(period.first, period.last)
    for line in changes.lines:
        refuse_unless_active(relations[line.relation_id])
        if line.worked_on.replace(day=1) in locked:
            raise Refusal(_("This month is locked: its hours cannot change any more."))


def _write(changes, by):
    added = TimesheetLine.objects.bulk_create(changes.added)
    TimesheetLine.objects.bulk_update(changes.changed, ["hours"])
    removed = [line.pk for line in changes.removed]
    _record(removed, by, "-")
    TimesheetLine.objects.filter(pk__in=removed)._raw_delete(TimesheetLine.objects.db)
    _record([line.pk for line in added], by, "+")
    _record([line.pk for line in changes.changed], by, "~")


def _record(ids, by, kind):
    if ids:
        history.record(TimesheetLine, ids, by=by, because="", kind=kind)
