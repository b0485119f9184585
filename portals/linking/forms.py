from django import forms
from django.utils.translation import gettext_lazy as _

from crm.core.form_fields import DateField
from crm.core.spelling import VisibleField
from portals.models import PortalLink


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
