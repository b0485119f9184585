"""What was typed into the grid of a week: rows that are there, and new ones."""

import re
from decimal import Decimal

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from billing.models import Service
from billing.weeks.weeks import RowKey
from crm.core.fields import AmountField
from crm.core.refusals import Refusal
from crm.core.templatetags.formats import hours as written
from relations.models import Relation
from relations.pickers import RelationField, RelationInput

NEW_ROWS, MOST_ROWS = 3, 100
FULL_DAY = Decimal(24)
KEY = re.compile(r"(\d{1,18})-([a-z]{1,20})-(\d{1,6}(?:\.\d{1,2})?)-([01])")


def name_of(day):
    """dinsdag 3 maart"""
    return f"{date_format(day, 'l')} {date_format(day, 'MONTH_DAY_FORMAT')}"


def _hours(day):
    return AmountField(
        label=name_of(day),
        required=False,
        max_digits=5,
        decimal_places=2,
        min_value=0,
        max_value=FULL_DAY,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        error_messages={
            "invalid": gettext_lazy("Type hours as a number, like 1,5."),
            "min_value": gettext_lazy("Hours cannot be less than 0."),
            "max_value": gettext_lazy("A day has 24 hours."),
        },
    )


class HoursForm(forms.Form):
    """The cells of `row` that can be changed; not bound when `data` does not name the row: its page did not show it."""

    use_required_attribute = False

    def __init__(self, data=None, *, row, by):
        self.row, self.by = row, by
        data = data if data is not None and str(row.key) in data.getlist("row") else None
        initial = {cell.day.isoformat(): written(cell.hours) if cell.hours else "" for cell in row.cells}
        super().__init__(data, prefix=f"r{row.key}", initial=initial)
        for cell in row.cells:
            if not self._reason(cell):
                self.fields[cell.day.isoformat()] = _hours(cell.day)

    def _reason(self, cell):
        """Why the cell cannot be changed, or ""."""
        if not self.row.relation.is_seen_by(self.by):
            return _("You may not see this relation.")
        return cell.reason if self.row.relation.is_active else _("This relation is archived.")

    def refusals(self):
        """Sentences about what was typed where nothing can be changed any more since the page was opened."""
        for cell in self.row.cells:
            name = cell.day.isoformat()
            kept = self.initial[name]
            if name not in self.fields and self.data.get(self.add_prefix(name), kept) != kept:
                yield f"{self.name}, {name_of(cell.day)}: {self._reason(cell)}"

    @property
    def name(self):
        return f"{self.row.relation.label_for(self.by)}, {self.row.service}"

    @property
    def shown_cells(self):
        """[(cell, field or None)]"""
        names = [cell.day.isoformat() for cell in self.row.cells]
        return [(cell, self[n] if n in self.fields else None) for cell, n in zip(self.row.cells, names, strict=True)]

    def cells(self):
        """{(RowKey, day): hours or None}"""
        if not self.is_bound:
            return {}
        return {(self.row.key, cell.day): self.cleaned_data[field.name] for cell, field in self.shown_cells if field}


class NewRowForm(forms.Form):
    relation = RelationField(
        label=gettext_lazy("Relation"),
        help_text="",
        widget=RelationInput(attrs={"list": "relation-suggestions", "placeholder": gettext_lazy("Relation")}),
    )
    service = forms.ChoiceField(label=gettext_lazy("Service"), choices=Service.choices)
    rate = AmountField(label=gettext_lazy("Hourly rate"), max_digits=8, decimal_places=2, min_value=0)
    billable = forms.BooleanField(label=gettext_lazy("Billable"), required=False)

    use_required_attribute = False

    def __init__(self, data=None, *, number, week, initial):
        initial = {"service": Service.BOOKKEEPING, "billable": True, **initial}
        super().__init__(data, prefix=f"n{number}", initial=initial, empty_permitted=True)
        self.days = [day for day in week.period.days if not week.is_locked(day)]
        for day in self.days:
            self.fields[day.isoformat()] = _hours(day)

    @property
    def name(self):
        relation = self.cleaned_data.get("relation")
        return f"{relation.number} {relation.name}" if relation else _("New row")

    @property
    def is_empty(self):
        """Only what stood in it already."""
        typed = [name for name in self.changed_data if name not in ("service", "rate", "billable")]
        return not typed

    def full_clean(self):
        super().full_clean()
        if self.is_bound and self.is_empty:
            self._errors.clear()

    def cells(self):
        answers = self.cleaned_data
        key = RowKey(answers["relation"].pk, answers["service"], answers["rate"], answers["billable"])
        return {(key, day): answers[day.isoformat()] for day in self.days if answers[day.isoformat()]}


def rows_asked_for(texts):
    """[RowKey] of the rows that a form names; refuses what no form of ours holds."""
    keys = [_key(text) for text in texts]
    if len(keys) > MOST_ROWS or None in keys or len(set(keys)) < len(keys):
        raise Refusal(_("This page has changed. Load it again and try once more."), status=400)
    return keys


def _key(text):
    found = KEY.fullmatch(text)
    if not found or found[2] not in Service.values:
        return None
    return RowKey(int(found[1]), found[2], Decimal(found[3]).quantize(Decimal("0.01")), found[4] == "1")


def relations_of(keys, by):
    """{key: Relation} of the active ones that `by` may see, in one query."""
    return Relation.objects.selectable().visible_to(by).in_bulk({key.relation_id for key in keys})
