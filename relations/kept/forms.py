"""Forms of what is kept by hand around a relation (views/keeping.py draws and saves them)."""

from django import forms
from django.utils.translation import gettext_lazy as _

from crm.core import spelling
from crm.core.form_fields import DateField
from crm.core.optimistic import OptimisticForm
from relations.models import Contract, FunctionAssignment, Note
from relations.pickers import chosen_by

LONG = forms.Textarea(attrs={"rows": 4})


class KeptForm(OptimisticForm):
    """`by` is who fills it in: its pickers offer what they may see."""

    def __init__(self, *args, by, **options):
        self.by = by
        super().__init__(*args, **options)
        chosen_by(by, self)

    def keep(self, save):
        """Once it is valid: let the verb `save(thing, by=)` save what was filled in."""
        return save(self.save(commit=False), by=self.by)


class KeptFormWithRows(KeptForm):
    """With rows under it, each a form of its own in `rows`; the verb is save(thing, rows, removed, by=)."""

    rows_class = None

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.rows = self.rows_class(self.data if self.is_bound else None, instance=self.instance)

    @property
    def is_stale(self):
        return super().is_stale or any(row.is_stale for row in self.rows)

    def is_valid(self):
        fits = super().is_valid() & self.rows.is_valid()
        if fits:
            self.clean_together()
        return fits and not self.errors

    def clean_together(self):
        """For what the rows and the rest say only together."""

    def keep(self, save):
        thing, rows = self.save(commit=False), self.rows.save(commit=False)
        return save(thing, rows, self.rows.deleted_objects, by=self.by)


class RowsBase(forms.BaseInlineFormSet):
    """Rows that were there when the form was opened and are not any more are told, not skipped as Django does."""

    default_error_messages = {
        **forms.BaseInlineFormSet.default_error_messages,
        "missing_management_form": _("This page has changed. Load it again and try once more."),
    }
    gone = _("A row has been removed meanwhile. Nothing was saved; open this page once more.")

    def clean(self):
        if any(form.instance.pk is None for form in self.initial_forms):
            raise forms.ValidationError(self.gone)

    def kept(self):
        """What was filled in of each row that stays."""
        return [form.cleaned_data for form in self.forms if form.cleaned_data and not form.cleaned_data.get("DELETE")]


class ContractForm(KeptForm):
    class Meta:
        model = Contract
        fields = ["title", "starts_on", "ends_on", "text"]
        field_classes = {"title": spelling.VisibleField, "starts_on": DateField, "ends_on": DateField}
        widgets = {"text": LONG}

    def clean(self):
        answers = super().clean()
        spelling.refuse_backward(self, "starts_on", "ends_on")
        return answers


class NoteForm(KeptForm):
    class Meta:
        model = Note
        fields = ["text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 8})}


class FunctionForm(KeptForm):
    class Meta:
        model = FunctionAssignment
        fields = ["function", "since", "until"]
        field_classes = {"function": spelling.VisibleField, "since": DateField, "until": DateField}

    def clean(self):
        answers = super().clean()
        spelling.refuse_backward(self, "since", "until")
        return answers
