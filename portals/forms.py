from django import forms
from django.utils.translation import gettext_lazy as _

from crm.core.form_fields import DateField
from crm.core.spelling import VisibleField
from portals.models import PortalLink
from relations.pickers import RelationField


class PortalLinkForm(forms.ModelForm):
    since = DateField(label=_("Since"))

    class Meta:
        model = PortalLink
        fields = ["provider", "external_id", "since"]
        field_classes = {"external_id": VisibleField}

    def clean(self):
        """The constraint names a field that is not in the form, so Django does not look at it."""
        answers = super().clean()
        taken = PortalLink.objects.live().filter(
            provider=answers.get("provider"), external_id=answers.get("external_id")
        )
        if taken.exists():
            self.add_error("external_id", _("This number at the portal is already linked to a relation."))
        return answers


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
