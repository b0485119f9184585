"""Why something small is deleted (R106)."""

from django import forms
from django.utils.translation import gettext_lazy as _

from relations.models import DeletionReason


class DeletionForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("Reason"), widget=forms.RadioSelect, error_messages={"required": _("Choose a reason.")}
    )
    expected = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, reasons, **options):
        super().__init__(*args, **options)
        self.fields["reason"].choices = [(reason, DeletionReason(reason).label) for reason in reasons]
