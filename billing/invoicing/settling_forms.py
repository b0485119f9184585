from django import forms
from django.utils.translation import gettext_lazy as _

from billing.fields import today_field
from crm.core.fields import AmountField


class PaymentForm(forms.Form):
    paid_on = today_field(label=_("Paid on"))
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


class CreditForm(forms.Form):
    release = forms.BooleanField(label=_("Hours and instalments can be invoiced again"), required=False, initial=True)
