"""A form that does not undo unseen what somebody else saved since it was opened (optimistic locking).

The page carries what each field held when it was opened. Where something else is kept by now, nothing is saved and the
three values are shown. What only the other changed is taken over into the form; for the rest one chooses, and saving
once more is then a decision. The view locks the row while the form is judged and saved.
"""

import json
from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

TAKE = "take-"  # name of the radio buttons of a field that both changed
THEIRS = "theirs"


@dataclass(frozen=True)
class Difference:
    """What one field held when the form was opened, what somebody else saved, and what was typed here, in words."""

    label: str
    original: str
    theirs: str
    mine: str
    choice: str  # name of the radio buttons; "" where only the other one changed something


class OptimisticForm(forms.ModelForm):
    """`conflict` tells what somebody else changed since the form was opened; with any the form is not valid."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.conflict = []
        self.last_change = None
        if self.instance.pk:
            self.initial["seen"] = lambda: json.dumps(self._kept())  # when all fields are as a subclass wants them

    @property
    def is_stale(self):
        return bool(self.conflict)

    def full_clean(self):
        self.conflict = []
        if self.is_bound and self.instance.pk:
            self._compare()
        super().full_clean()
        if self.conflict:
            sentence = _(
                "Somebody else changed this meanwhile. Nothing was saved. Compare, choose, and save once more."
            )
            self.add_error(None, sentence)

    def _compare(self):
        self.data = self.data.copy()
        kept, seen = self._kept(), self._seen()
        self._take_theirs(kept)
        typed = {name: self._typed(name) for name in kept}
        changed = [name for name in kept if kept[name] != seen.get(name) and kept[name] != typed[name]]
        if not changed:
            return
        self.last_change = _last_change(self.instance)
        self.conflict = [self._difference(name, seen.get(name), kept[name], typed[name]) for name in changed]
        self._put("seen", [json.dumps(kept)])
        for name in changed:
            if typed[name] == seen.get(name):
                self._put(name, kept[name])

    def _take_theirs(self, kept):
        for name, values in kept.items():
            if self.data.get(TAKE + self.add_prefix(name)) == THEIRS:
                self._put(name, values)

    def _put(self, name, values):
        self.data.setlist(self.add_prefix(name), values)

    def _seen(self):
        try:
            seen = json.loads(self.data.get(self.add_prefix("seen"), ""))
        except ValueError:
            return {}
        return seen if isinstance(seen, dict) else {}

    def _kept(self):
        """{name: what the field holds in the database, as a browser would send it}"""
        return {name: self._values(field, self._initial(name, field)) for name, field in self._compared().items()}

    def _compared(self):
        return {
            name: field
            for name, field in self.fields.items()
            if name != "seen" and not field.disabled and not isinstance(field, forms.FileField)
        }

    def _initial(self, name, field):
        value = field.prepare_value(self.get_initial_for_field(field, name))
        return bool(value) if isinstance(field.widget, forms.CheckboxInput) else field.widget.format_value(value)

    def _typed(self, name):
        field = self.fields[name]
        return self._values(field, field.widget.value_from_datadict(self.data, self.files, self.add_prefix(name)))

    def _values(self, field, value):
        if isinstance(value, bool):
            return ["on"] if value else []
        values = value if isinstance(value, list | tuple) else [value]
        texts = ("" if each is None else str(each).replace("\r\n", "\n") for each in values)
        return sorted(filter(None, texts))

    def _difference(self, name, original, theirs, mine):
        choice = "" if mine == original else TAKE + self.add_prefix(name)
        words = [_words(self.fields[name], values or []) for values in (original, theirs, mine)]
        return Difference(str(self[name].label), *words, choice)


def status_of(*forms):
    """Of the page that shows them: 409 for one that is stale, 422 for an error."""
    if any(form.is_stale for form in forms):
        return 409
    return 422 if any(form.is_bound and not form.is_valid() for form in forms) else 200


def _words(field, values):
    """What the browser sends of a field, as a person reads it."""
    if isinstance(field, forms.BooleanField):
        return _("yes") if values else _("no")
    if hasattr(field, "choices"):
        labels = {str(value): str(label) for value, label in field.choices}
        return ", ".join(labels.get(value, _("not offered any more")) for value in values)
    return ", ".join(_day(field, text) if isinstance(field, forms.DateField) else text for text in values)


def _day(field, text):
    try:
        return date_format(field.to_python(text), "DATE_FORMAT")
    except forms.ValidationError:
        return text


@dataclass(frozen=True)
class LastChange:
    by: str
    at: datetime


def _last_change(record):
    """Who saved last and when, of a record with a history; None when that is not known."""
    row = record.history.select_related("history_user").first() if hasattr(record, "history") else None
    return row and LastChange(str(row.history_user or _("the system")), timezone.localtime(row.history_date))
