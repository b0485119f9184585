"""The form of an invoice that is made by hand or still a draft, with its lines."""

from decimal import Decimal

from django import forms
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from billing.models import Instalment, Invoice, InvoiceLine, TimesheetLine
from crm.core import spelling
from crm.core.fields import AmountField
from crm.core.form_fields import DateField
from crm.core.optimistic import OptimisticForm
from relations.kept.forms import KeptFormWithRows, RowsBase
from relations.pickers import RelationField

RATES = [(Decimal("21.0"), "21%"), (Decimal("9.0"), "9%"), (Decimal("0.0"), "0%")]
MOST = 10**9  # of one line: the total of many still fits where it is kept


class InvoiceLineForm(OptimisticForm):
    """What bills hours or an instalment keeps its amount: that is changed where the work is written down."""

    vat_rate = forms.TypedChoiceField(label=_("VAT"), coerce=Decimal, choices=RATES, initial=RATES[0][0])
    quantity = AmountField(
        label=_("Quantity"), max_digits=10, decimal_places=2, initial=1, min_value=Decimal("0.01"),
        error_messages={"min_value": _("Fill in more than 0.")},
    )  # fmt: skip
    unit_price = AmountField(label=_("Price"), max_digits=12, decimal_places=2, max_value=MOST, min_value=-MOST)

    class Meta:
        model = InvoiceLine
        fields = ["description", "quantity", "unit_price", "vat_rate"]
        field_classes = {"description": spelling.VisibleField}

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        present = self.instance.vat_rate
        if present not in dict(RATES):
            self.fields["vat_rate"].choices = [(present, f"{present.normalize():f}%"), *RATES]
        for name in ("quantity", "unit_price", "vat_rate"):
            self.fields[name].disabled = getattr(self.instance, "bills", False)

    def clean(self):
        answers = super().clean()
        if {"quantity", "unit_price"} <= answers.keys() and answers["quantity"] * abs(answers["unit_price"]) > MOST:
            self.add_error("unit_price", gettext("This comes to more than an invoice can hold."))
        return answers


class InvoiceLineRowsBase(RowsBase):
    gone = _("A line has been removed meanwhile. Nothing was saved; open this page once more.")

    def __init__(self, *args, **options):
        work = [Exists(model.objects.filter(invoice_line=OuterRef("pk"))) for model in (TimesheetLine, Instalment)]
        rows = InvoiceLine.objects.annotate(bills=work[0] | work[1]).order_by("pk")
        super().__init__(*args, queryset=rows, **options)

    @classmethod
    def get_default_prefix(cls):
        return "regel"


class InvoiceForm(KeptFormWithRows):
    debtor = RelationField(label=_("Debtor"))

    class Meta:
        model = Invoice
        fields = ["debtor", "issued_on", "due_on", "addressee_name", "addressee_address", "reference", "remarks"]
        field_classes = {"issued_on": DateField, "due_on": DateField, "addressee_name": spelling.VisibleField}
        widgets = {
            "addressee_address": forms.Textarea(attrs={"rows": 3}),
            "remarks": forms.Textarea(attrs={"rows": 3}),
        }

    rows_class = forms.inlineformset_factory(
        Invoice,
        InvoiceLine,
        form=InvoiceLineForm,
        formset=InvoiceLineRowsBase,
        extra=3,
        max_num=300,
        absolute_max=310,
        can_delete_extra=False,
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        debtor = self.instance.debtor
        is_seen = debtor.is_seen_by(self.by)
        self.fields["debtor"].present = debtor if self.instance.pk or not is_seen else None
        self.initial["debtor"] = debtor
        if self.instance.pk is None or not is_seen:  # taken from the debtor, or withheld with its name
            del self.fields["addressee_name"], self.fields["addressee_address"]

    def clean(self):
        answers = super().clean()
        issued, due = answers.get("issued_on"), answers.get("due_on")
        if issued and due and due < issued:
            self.add_error("due_on", gettext("The due date lies before the date of the invoice."))
        return answers

    def clean_together(self):
        rows = self.rows.kept()
        if not rows:
            self.add_error(None, gettext("Fill in at least one line."))
        if sum(row["quantity"] * row["unit_price"] for row in rows) < 0:
            self.add_error(None, gettext("The lines come to less than 0: an invoice asks for something."))
