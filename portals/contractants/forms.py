from django import forms
from django.utils.translation import gettext_lazy as _

from crm.core.spelling import VisibleField


class SetupForm(forms.Form):
    """The technical setup of a subscription: both empty to unlink (R45), both filled to link (R46)."""

    database = VisibleField(label=_("Database"), max_length=60, required=False)
    contractant = VisibleField(label=_("Contractant"), max_length=60, required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)  # the setup when the form was opened

    def clean(self):
        answers = super().clean()
        if not self.errors and bool(answers["database"]) != bool(answers["contractant"]):
            raise forms.ValidationError(_("Fill in both the database and the contractant, or neither."))
        return answers

    @property
    def is_empty(self):
        return not self.cleaned_data["contractant"]
