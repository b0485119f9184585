"""The rows of an import as a list: what happens to each, which values, and why not."""

from functools import cached_property

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from crm.core.lists import Heading, Listing
from crm.core.templatetags import formats
from relations.importing.fields import FIELDS
from relations.importing.lines import texts_of
from relations.models import RelationImportRow, RowOutcome

TONES = {RowOutcome.NEW: "ok", RowOutcome.CHANGED: "accent", RowOutcome.ERROR: "danger"}
ICONS = {RowOutcome.ERROR: "exclamation-triangle"}
BADGES = {
    outcome: {"text": outcome.label, "tone": TONES.get(outcome, ""), "icon": ICONS.get(outcome, "")}
    for outcome in RowOutcome
}


class OutcomeFilter(django_filters.Filter):
    field_class = forms.ChoiceField


class RowFilter(django_filters.FilterSet):
    outcome = OutcomeFilter(label=_("Outcome"), choices=RowOutcome.choices)


class RowListing(Listing):
    filterset_class = RowFilter
    headings = (
        Heading("line", _("Line"), order_by=["line"], numeric=True),
        Heading("outcome", _("Outcome")),
        Heading("relation", _("Relation")),
        Heading("values", _("What happens")),
    )
    default_sort = "line"

    def __init__(self, parameters, source, *, by):
        self.source = source
        super().__init__(parameters, source.rows.select_related("relation"), by)

    @cached_property
    def rows(self):
        return [ShownRow(row, self.source.mapping, self.known.by) for row in super().rows]


class ShownRow:
    """One row as the page shows it to employee `by`."""

    def __init__(self, row: RelationImportRow, mapping, by):
        self.row, self.mapping, self.by = row, mapping, by
        self.badge = BADGES[RowOutcome(row.outcome)]

    @property
    def relation(self):
        found = self.row.relation
        return found if found and found.is_seen_by(self.by) else None

    @property
    def title(self):
        """The name: cleaned when all is well, as typed when not."""
        return self.row.after.get("name") or self._cell("name") or (self.relation.name if self.relation else "")

    @property
    def number(self):
        return self._cell("number")

    @property
    def changes(self):
        """[(field, value before or None, value after)]"""
        before = self.row.before
        changed = [name for name in FIELDS if name in self.row.after and (before or name not in ("name", "number"))]
        return [
            (FIELDS[name].label, _written(name, before.get(name)), _written(name, self.row.after[name]))
            for name in changed
        ]

    @property
    def cells(self):
        """[(field, text)] as they stand in the file."""
        texts = texts_of(self.row.cells, self.mapping) if self.row.cells else {}
        return [(FIELDS[name].label, text) for name, text in texts.items() if text]

    def _cell(self, wanted):
        return texts_of(self.row.cells, self.mapping).get(wanted, "") if self.row.cells else ""


def _written(name, value):
    return formats.phone(value) if value and name in ("phone", "mobile") else value
