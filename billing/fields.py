from decimal import Decimal

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.core.form_fields import DateField

# Django would write the least amount with a point.
POSITIVE = {"min_value": Decimal("0.01"), "error_messages": {"min_value": _("Fill in more than 0.")}}


def today_field(**options):
    return DateField(initial=timezone.localdate, **options)


class DayForm(forms.Form):
    """One day, today unless said otherwise."""

    on = today_field(label=_("Date"))
