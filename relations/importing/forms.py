from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from relations.importing.fields import FIELDS, can_be_imported, suggested

EXAMPLES = 3


class UploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "CSV or Excel (.xlsx), at most 10 MB and 20,000 lines, with the names of the columns on the first line."
        ),
        allow_empty_file=True,  # told in our own words
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.xlsx"}),
    )


class MappingForm(forms.Form):
    """One choice for every column of the file; `mapping` is {"0": "name"}."""

    def __init__(self, *args, source, **options):
        super().__init__(*args, **options)
        self.examples = list(source.rows.values_list("cells", flat=True)[:EXAMPLES])
        chosen = source.mapping or suggested(source.columns)
        choices = [("", _("do not take over")), *((name, field.label) for name, field in FIELDS.items())]
        for index, column in enumerate(source.columns):
            self.fields[str(index)] = forms.ChoiceField(
                label=column or _("Column %(number)d") % {"number": index + 1},
                choices=choices,
                required=False,
                initial=chosen.get(str(index), ""),
            )

    def columns(self):
        """[(bound field, [the first cells below it])]"""
        return [(self[str(i)], [cells[i] for cells in self.examples if cells[i]]) for i in range(len(self.fields))]

    @property
    def mapping(self):
        return {index: field for index, field in self.cleaned_data.items() if field}

    def clean(self):
        super().clean()
        chosen = list(self.mapping.values())
        for field in dict.fromkeys(f for f in chosen if chosen.count(f) > 1):
            self.add_error(None, _("“%(field)s” is chosen for more than one column.") % {"field": FIELDS[field].label})
        if not can_be_imported(self.mapping):
            self.add_error(None, _("Choose which column holds the name or the number."))


class ExecuteForm(forms.Form):
    leave_out_errors = forms.BooleanField(required=False)


class UndoForm(forms.Form):
    expected = forms.CharField(widget=forms.HiddenInput)
