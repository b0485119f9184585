"""What the office's pages about accounts ask, for one and for many."""

from django import forms
from django.utils.translation import gettext_lazy as _

from crm.core.optimistic import OptimisticForm
from crm.core.spelling import VisibleField
from portals.mailing.forms import SenderFields
from portals.models import AccountType, PortalAccount
from relations.bulk.forms import BulkForm


def type_field():
    return forms.ModelChoiceField(
        AccountType.objects.all(),
        label=_("Account type"),
        empty_label=_("Choose an account type"),
        error_messages={"required": _("Choose an account type.")},
    )


class AccountForm(SenderFields):
    """A new account of one relation."""

    email = forms.EmailField(label=_("E-mail address"), help_text=_("The customer signs in with it."))
    name = VisibleField(label=_("Name"), max_length=120)
    account_type = type_field()
    field_order = ["email", "name", "account_type"]

    def clean_email(self):
        email = self.cleaned_data["email"]
        if PortalAccount.objects.with_address(email).exists():
            raise forms.ValidationError(_("There is already an account with this e-mail address."))
        return email


class MessageField(forms.CharField):
    def __init__(self):
        super().__init__(
            label=_("Message to the customer"),
            max_length=500,
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text=_("Whoever tries to sign in reads this instead: why, and what to do."),
        )


class BlockForm(forms.Form):
    message = MessageField()


class AccountTypeForm(OptimisticForm):
    class Meta:
        model = AccountType
        fields = ["name"]
        field_classes = {"name": VisibleField}


# --- for all relations of a job --------------------------------------------------------------------------------------


class BulkCreateForm(SenderFields, BulkForm):
    account_type = type_field()
    field_order = ["account_type"]


class BulkResetForm(SenderFields, BulkForm):
    pass


class BulkBlockForm(BulkForm):
    message = MessageField()
