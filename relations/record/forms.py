from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crm.accounts.pickers import employees
from crm.core import spelling
from crm.core.form_fields import FreeFieldsField
from crm.core.optimistic import OptimisticForm
from crm.core.templatetags import formats
from relations.models import Relation, RelationStatus, Tag
from relations.pickers import RelationField

SECTIONS = [
    (
        _("General"),
        ["kind", "name", "legal_form", "number", "status", "former_since", "manager", "birth_date", "tags"],
    ),
    (
        _("Address"),
        ["street", "postal_code", "city", "country", "mail_street", "mail_postal_code", "mail_city"],
    ),
    (_("Contact details"), ["email", "phone", "mobile", "website", "newsletter"]),
    (_("Numbers"), ["kvk_number", "vat_number", "citizen_service_number"]),
    (_("Billing"), ["iban", "invoice_debtor"]),
    (_("Free fields"), ["free_fields"]),
]


class RelationForm(OptimisticForm):
    """A new relation or a change of one."""

    free_fields = FreeFieldsField(label=_("Free fields"))

    class Meta:
        model = Relation
        fields = [name for _title, names in SECTIONS for name in names]
        field_classes = dict.fromkeys(["name", "number"], spelling.VisibleField)
        widgets = {
            "former_since": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            "birth_date": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            "phone": forms.TextInput(attrs={"inputmode": "tel"}),
            "mobile": forms.TextInput(attrs={"inputmode": "tel"}),
            "website": forms.TextInput(attrs={"inputmode": "url"}),
        }
        help_texts = {
            "number": _("Leave empty to get the next number."),
            "former_since": _("Only for a former relation."),
            "country": _("Leave empty for the Netherlands."),
            "kvk_number": _("Eight digits."),
        }
        error_messages = {
            "number": {"unique": _("This number is in use by another relation: type another.")},
        }

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        relation = self.instance
        self.fields["number"].required = relation.pk is not None
        self.fields["number"].help_text = "" if relation.pk else self.fields["number"].help_text
        self.fields["invoice_debtor"] = RelationField(
            present=relation.invoice_debtor,
            required=False,
            label=_("Invoice debtor"),
            help_text=_("Number or name of who gets the invoices; leave empty for the relation itself."),
        )
        self.initial["invoice_debtor"] = relation.invoice_debtor
        self.initial |= {name: formats.phone(getattr(relation, name)) for name in ("phone", "mobile")}
        self.fields["manager"].queryset = employees(present=relation.manager_id)
        self.fields["tags"] = forms.ModelMultipleChoiceField(
            Tag.objects.all(), required=False, label=_("Tags"), widget=forms.CheckboxSelectMultiple
        )

    def sections(self):
        return [(title, [self[name] for name in names]) for title, names in SECTIONS]

    def clean_phone(self):
        return self._spelled("phone", spelling.phone_number)

    def clean_mobile(self):
        return self._spelled("mobile", spelling.phone_number)

    def clean_kvk_number(self):
        return self._spelled("kvk_number", spelling.kvk_number)

    def clean_vat_number(self):
        return self._spelled("vat_number", spelling.vat_number)

    def clean_iban(self):
        return self._spelled("iban", spelling.iban)

    def clean_citizen_service_number(self):
        return self._spelled("citizen_service_number", spelling.citizen_service_number)

    def clean_birth_date(self):
        return self._spelled("birth_date", spelling.day)

    def clean_former_since(self):
        return self._spelled("former_since", spelling.day)

    def _spelled(self, name, spell):
        """What is left as it was is not judged: an old odd value must not stand in the way of another change."""
        return spell(self.cleaned_data[name]) if name in self.changed_data else getattr(self.instance, name)

    def clean(self):
        super().clean()
        self._clean_postal_codes()
        self._clean_former()
        self._clean_debtor()

    def _clean_postal_codes(self):
        country = self.cleaned_data.get("country", self.instance.country)
        for name in ("postal_code", "mail_postal_code"):
            if not {name, "country"} & set(self.changed_data):
                continue
            try:
                self.cleaned_data[name] = spelling.postal_code(self.cleaned_data.get(name, ""), country)
            except forms.ValidationError as error:
                self.add_error(name, error)

    def _clean_former(self):
        is_former = self.cleaned_data.get("status") == RelationStatus.FORMER
        if "former_since" not in self.cleaned_data:
            return
        if is_former and not self.cleaned_data["former_since"]:
            self.add_error("former_since", gettext("Fill in since when the relation is former."))
        if not is_former and self.cleaned_data["former_since"]:
            self.add_error("former_since", gettext("Empty this date, or choose the status Former."))

    def _clean_debtor(self):
        debtor = self.cleaned_data.get("invoice_debtor")
        if debtor and debtor.pk == self.instance.pk:
            self.add_error("invoice_debtor", gettext("Choose another relation as invoice debtor, or leave it empty."))


class DebtorForm(forms.Form):
    """Which of the relations shown lose their invoice debtor or get another one: `all` of them, or one by its key."""

    debtor = RelationField(
        required=False,
        label=_("New invoice debtor"),
        help_text=_("Number or name of the relation that gets the invoices from now on."),
    )
    relations = forms.ModelMultipleChoiceField(
        Relation.objects.none(),
        error_messages={
            "invalid_choice": _("This list has changed since it was shown. Look again and choose once more.")
        },
    )
    empty = forms.CharField(required=False)
    replace = forms.CharField(required=False)

    ALL = "all"

    def __init__(self, *args, relations, **options):
        super().__init__(*args, **options)
        self.fields["relations"].queryset = relations

    def clean(self):
        answers = super().clean()
        target = answers.get("replace") or answers.get("empty")
        shown = answers.get("relations") or []
        answers["chosen"] = [payer for payer in shown if target in (self.ALL, str(payer.pk))]
        if shown and not answers["chosen"]:
            self.add_error(None, gettext("Choose which relations get another invoice debtor."))
        if answers.get("replace") and not answers.get("debtor") and "debtor" not in self.errors:
            self.add_error("debtor", gettext("Fill in the new invoice debtor."))
        if answers.get("empty"):
            answers["debtor"] = None
        return answers
