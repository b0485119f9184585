from decimal import Decimal

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from billing.models import Instalment, PriceAgreement, Subscription, TimesheetLine
from crm.core.fields import AmountField
from relations import spelling
from relations.pickers import RelationField, RelationInput


class DateField(forms.DateField):
    """A day, chosen in the browser's own calendar."""

    def __init__(self, **options):
        options.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        super().__init__(**options)

    def validate(self, value):
        super().validate(value)
        spelling.day(value)


# Django would write the least amount with a point.
POSITIVE = {"min_value": Decimal("0.01"), "error_messages": {"min_value": _("Fill in more than 0.")}}


def _today(**options):
    return DateField(initial=timezone.localdate, **options)


class TimesheetLineForm(forms.ModelForm):
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


class PriceAgreementForm(forms.ModelForm):
    starts_on = DateField(label=_("Starts on"))
    total = AmountField(label=_("Total"), max_digits=12, decimal_places=2, min_value=0)

    class Meta:
        model = PriceAgreement
        fields = ["title", "total", "starts_on", "description"]
        field_classes = {"title": spelling.VisibleField}
        widgets = {"description": forms.Textarea(attrs={"rows": 2})}


class InstalmentForm(forms.ModelForm):
    due_on = DateField(label=_("Due on"))
    amount = AmountField(label=_("Amount"), max_digits=12, decimal_places=2, **POSITIVE)

    class Meta:
        model = Instalment
        fields = ["due_on", "amount", "description"]


class InstalmentFormSetBase(forms.BaseInlineFormSet):
    """Only what is not invoiced yet can change; together with what is, it may not exceed the agreed total."""

    default_error_messages = {
        **forms.BaseInlineFormSet.default_error_messages,
        "missing_management_form": _("This page has changed. Load it again and try once more."),
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, queryset=Instalment.objects.unbilled().order_by("due_on", "pk"), **kwargs)

    def clean(self):
        """Django skips a row that was invoiced or removed since the form was opened: say so."""
        if any(form.instance.pk is None for form in self.initial_forms):
            raise forms.ValidationError(
                _("An instalment has been invoiced or removed meanwhile. Nothing was saved; open this page once more.")
            )

    def amount(self):
        """Of the rows as they were typed."""
        kept = [form for form in self.forms if not form.cleaned_data.get("DELETE")]
        return sum((form.cleaned_data.get("amount", Decimal(0)) for form in kept), Decimal(0))


InstalmentFormSet = forms.inlineformset_factory(
    PriceAgreement,
    Instalment,
    form=InstalmentForm,
    formset=InstalmentFormSetBase,
    extra=4,
    max_num=60,
    absolute_max=64,
    can_delete_extra=False,
)


class SubscriptionForm(forms.ModelForm):
    starts_on = DateField(label=_("Starts on"))
    price = AmountField(label=_("Price a month"), max_digits=10, decimal_places=2, min_value=0)

    class Meta:
        model = Subscription
        fields = ["product", "price", "starts_on"]
        field_classes = {"product": spelling.VisibleField}


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
