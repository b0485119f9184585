"""The forms of going through relations one by one (R62)."""

from django import forms
from django.utils.translation import gettext_lazy as _

from relations.bulk.properties.fields import label_of
from relations.record.forms import RelationForm


class ChooseForm(forms.Form):
    """Which properties are gone through one by one (R62)."""

    fields_chosen = forms.MultipleChoiceField(
        label=_("Properties"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one property.")},
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["fields_chosen"].choices = [(name, label_of(name)) for name in names_one_by_one()]


def names_one_by_one():
    return [name for name in RelationForm.Meta.fields if name != "number"]


class WalkForm(RelationForm):
    """The form of one relation with only the properties that were chosen."""

    def __init__(self, *args, names, **options):
        super().__init__(*args, **options)
        self.names = [name for name in RelationForm.Meta.fields if name in names]
        for name in set(self.fields) - {*names, "seen"}:
            del self.fields[name]

    def chosen(self):
        return [self[name] for name in self.names]
