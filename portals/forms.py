from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from billing.forms import DateField
from portals.models import PortalLink


class PortalLinkForm(forms.ModelForm):
    since = DateField(label=_("Since"), initial=timezone.localdate)

    class Meta:
        model = PortalLink
        fields = ["provider", "external_id", "since"]
