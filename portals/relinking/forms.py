from django import forms
from django.utils.translation import gettext_lazy as _

from relations.pickers import RelationField


class NewRelationForm(forms.Form):
    relation = RelationField(label=_("New relation"))


class RelinkFileForm(forms.Form):
    file = forms.FileField(
        label=_("CSV file"),
        help_text=_("First line: database;contractant;oud relatienummer;nieuw relatienummer"),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )


class ConfirmFileForm(forms.Form):
    content = forms.CharField(max_length=1_000_000, strip=False)
    expected = forms.CharField(max_length=64)
