"""The grid of a week as it is shown and as it comes back: its rows, what is wrong with them, and its totals."""

from decimal import Decimal
from functools import cached_property

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from billing.weeks.forms import FULL_DAY, NEW_ROWS, HoursForm, NewRowForm, name_of, relations_of, rows_asked_for
from crm.core.templatetags.formats import hours as written
from relations.pickers import chosen_by


class WeekGrid:
    """`by` looks at their own week.

    `data` is what was sent, `keys` are rows to show besides those with hours, `initial` fills in new rows.
    """

    def __init__(self, week, *, by, data=None, keys=(), initial=None, relation=None):
        self.week, self.data = week, data
        rows = week.rows
        there = {row.key for row in rows}
        extra = [key for key in (rows_asked_for(data.getlist("row")) if data is not None else keys) if key not in there]
        active = relations_of(extra, by) if extra else {}
        self.gone = len([key for key in extra if key.relation_id not in active]) if data is not None else 0
        self.forms = [HoursForm(data, row=row, by=by) for row in [*rows, *week.empty_rows(extra, active)]]
        first = {"relation": relation} if relation else {}
        self.new = [
            NewRowForm(data, number=number, week=week, initial=(initial or {}) | (first if not number else {}))
            for number in range(NEW_ROWS)
        ]
        for form in self.new:
            chosen_by(by, form)

    @property
    def days(self):
        """[(day, is locked, its hours)] for the head and foot of the grid."""
        totals = {day: Decimal(0) for day in self.week.period.days}
        for line in self.week.lines:
            totals[line.worked_on] += line.hours
        return [(day, self.week.is_locked(day), hours) for day, hours in totals.items()]

    @property
    def hours(self):
        return sum((line.hours for line in self.week.lines), Decimal(0))

    @property
    def billable(self):
        return sum((line.hours for line in self.week.lines if line.billable), Decimal(0))

    # --- what came back ----------------------------------------------------------------------------------------------

    @property
    def _filled(self):
        return [*self.forms, *(form for form in self.new if not form.is_empty)]

    @cached_property
    def problems(self):
        """Sentences; none when everything can be saved."""
        found = [sentence for form in self._filled for sentence in _sentences(form)]
        found += [sentence for form in self.forms for sentence in form.refusals()]
        if self.gone:
            found.append(_("A relation has been archived meanwhile: its row is gone. Its hours were not saved."))
        return found or [*self._doubled(), *self._without_hours(), *self._too_long_days()]

    @cached_property
    def cells(self):
        """{(RowKey, day): hours or None}; only without problems."""
        return {place: hours for form in self._filled for place, hours in form.cells().items()}

    def _doubled(self):
        """A new row in which hours stand where another row has them already."""
        taken = {place for form in self.forms for place, hours in form.cells().items() if hours}
        for form in self.new:
            if form.is_empty:
                continue
            for key, day in form.cells():
                if (key, day) in taken:
                    place = {"row": form.name, "day": date_format(day, "l")}
                    yield _("%(row)s, %(day)s: another row has hours there already. Change those.") % place
                taken.add((key, day))

    def _without_hours(self):
        for form in self.new:
            if not form.is_empty and not form.cells():
                yield _("%(row)s: fill in hours on at least one day.") % {"row": form.name}

    def _too_long_days(self):
        kept = {(form.row.key, cell.day): cell.hours for form in self.forms for cell in form.row.cells}
        for day in self.week.period.days:
            total = sum((h for (_key, on), h in (kept | self.cells).items() if on == day and h), Decimal(0))
            if total > FULL_DAY:
                answer = {"day": name_of(day), "hours": written(total)}
                yield _("%(day)s has %(hours)s hours: a day has 24.") % answer


def _sentences(form):
    for name, errors in form.errors.items():
        for error in errors:
            yield f"{form.name}, {form.fields[name].label}: {error}" if name in form.fields else error
