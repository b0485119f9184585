from decimal import Decimal

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from billing.models import TimesheetLine
from crm.core.fields import AmountField
from crm.core.form_fields import DateField
from crm.core.optimistic import OptimisticForm
from relations.pickers import RelationField, RelationInput

# Django would write the least amount with a point.
POSITIVE = {"min_value": Decimal("0.01"), "error_messages": {"min_value": _("Fill in more than 0.")}}


def _today(**options):
    return DateField(initial=timezone.localdate, **options)


class TimesheetLineForm(OptimisticForm):
    relation = RelationField(label=_("Relation"), widget=RelationInput(attrs={"list": "relation-suggestions"}))
    worked_on = DateField(label=_("Date"))
    hours = AmountField(label=_("Hours"), max_digits=5, decimal_places=2, max_value=24, **POSITIVE)
    rate = AmountField(label=_("Hourly rate"), max_digits=8, decimal_places=2, min_value=0)

    class Meta:
        model = TimesheetLine
        fields = ["relation", "worked_on", "service", "hours", "rate", "description", "billable"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.relation_id:
            self.initial["relation"] = self.instance.relation


class PaymentForm(forms.Form):
    paid_on = _today(label=_("Paid on"))
    amount = AmountField(
        label=_("Amount"),
        max_digits=12,
        decimal_places=2,
        help_text=_("A repayment has a minus sign."),
    )
    reference = forms.CharField(label=_("Reference"), max_length=140, required=False)

    def clean_amount(self):
        amount = self.cleaned_data["amount"]
        if not amount:
            raise forms.ValidationError(_("Fill in an amount other than 0."))
        return amount


class DayForm(forms.Form):
    """One day, today unless said otherwise."""

    on = _today(label=_("Date"))


class CreditForm(forms.Form):
    release = forms.BooleanField(label=_("Hours and instalments can be invoiced again"), required=False, initial=True)
