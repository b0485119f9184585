"""Forms of what runs on: price agreements with their instalments, subscriptions, mandates, pledges."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from billing.fields import POSITIVE
from billing.models import DirectDebitMandate, Instalment, Pledge, PriceAgreement, Subscription
from crm.core import spelling
from crm.core.fields import AmountField
from crm.core.form_fields import DateField
from crm.core.optimistic import OptimisticForm
from relations.kept.forms import KeptForm, KeptFormWithRows, RowsBase


def _amount(label, *, max_digits=12, **options):
    return AmountField(label=label, max_digits=max_digits, decimal_places=2, **options)


class InstalmentForm(OptimisticForm):
    amount = _amount(_("Amount"), **POSITIVE)

    class Meta:
        model = Instalment
        fields = ["due_on", "amount", "description"]
        labels = {"due_on": _("Due on")}
        field_classes = {"due_on": DateField}


class InstalmentRowsBase(RowsBase):
    """Only what is not invoiced yet can change."""

    gone = _("An instalment has been invoiced or removed meanwhile. Nothing was saved; open this page once more.")

    def __init__(self, *args, **options):
        super().__init__(*args, queryset=Instalment.objects.unbilled().order_by("due_on", "pk"), **options)

    @classmethod
    def get_default_prefix(cls):
        return "termijn"


class PriceAgreementForm(KeptFormWithRows):
    total = _amount(_("Total"), min_value=0)

    class Meta:
        model = PriceAgreement
        fields = ["title", "total", "starts_on", "description"]
        field_classes = {"title": spelling.VisibleField, "starts_on": DateField}
        widgets = {"description": forms.Textarea(attrs={"rows": 2})}

    rows_class = forms.inlineformset_factory(
        PriceAgreement,
        Instalment,
        form=InstalmentForm,
        formset=InstalmentRowsBase,
        extra=4,
        max_num=60,
        absolute_max=64,
        can_delete_extra=False,
    )

    def billed(self):
        agreement = self.instance
        return agreement.instalments.exclude(invoice_line=None).order_by("due_on", "pk") if agreement.pk else []

    def clean_together(self):
        """The instalments, invoiced ones included, do not come to more than was agreed."""
        amounts = [row.amount for row in self.billed()] + [row["amount"] for row in self.rows.kept()]
        if sum(amounts, Decimal(0)) > self.cleaned_data["total"]:
            sentence = gettext("The instalments come to more than this total. Change the total or an instalment.")
            self.add_error("total", sentence)


class SubscriptionForm(KeptForm):
    """Without the technical setup: linking a customer environment is an act of its own (portals)."""

    price = _amount(_("Price a month"), max_digits=10, min_value=0)

    class Meta:
        model = Subscription
        fields = ["product", "price", "starts_on", "ends_on"]
        field_classes = {"product": spelling.VisibleField, "starts_on": DateField, "ends_on": DateField}
        labels = {"ends_on": _("Last day")}

    def clean(self):
        answers = super().clean()
        spelling.refuse_backward(self, "starts_on", "ends_on")
        return answers


class MandateForm(KeptForm):
    class Meta:
        model = DirectDebitMandate
        fields = ["reference", "iban", "account_holder", "signed_on", "stopped_on"]
        field_classes = {"reference": spelling.VisibleField, "signed_on": DateField, "stopped_on": DateField}
        error_messages = {"reference": {"unique": _("This reference is in use by another agreement: type another.")}}

    def clean_iban(self):
        """An odd old number that nobody touches stays as it is."""
        typed = self.cleaned_data["iban"]
        return spelling.iban(typed) if "iban" in self.changed_data else typed

    def clean(self):
        answers = super().clean()
        spelling.refuse_backward(self, "signed_on", "stopped_on")
        return answers


class PledgeForm(KeptForm):
    amount = _amount(_("Amount"), **POSITIVE)

    class Meta:
        model = Pledge
        fields = ["description", "amount", "starts_on", "ends_on"]
        field_classes = {"starts_on": DateField, "ends_on": DateField}

    def clean(self):
        answers = super().clean()
        spelling.refuse_backward(self, "starts_on", "ends_on")
        return answers
