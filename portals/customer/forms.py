"""What the customer's own pages ask."""

from django import forms
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import password_validators_help_text_html, validate_password
from django.utils.translation import gettext_lazy as _

from crm.core.spelling import VisibleField
from crm.core.uploads.fields import AttachmentField
from portals.customer.limits import Limit
from portals.models import PortalAccount

GUESSES = Limit("portal-sign-in", most=10, seconds=300)


class SignInForm(forms.Form):
    """`account` is who signs in; guessing goes slowly and tells nothing about who has an account."""

    email = forms.EmailField(
        label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True})
    )
    password = forms.CharField(
        label=_("Password"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    account = None

    def clean(self):
        answers = super().clean()
        if self.errors:
            return answers
        if GUESSES.is_reached(answers["email"]):
            raise forms.ValidationError(_("The password was wrong too often. Wait five minutes and try again."))
        self.account = _account(answers["email"], answers["password"])
        if self.account is None:
            GUESSES.count(answers["email"])
            raise forms.ValidationError(
                _("This e-mail address and password do not belong together. Check both and try again.")
            )
        GUESSES.forget(answers["email"])
        return answers


def _account(email, password):
    """As slow for an address without account as for a wrong password."""
    account = PortalAccount.objects.select_related("relation").with_address(email).first()
    if account is None or not account.password:
        make_password(password)
        return None
    return account if check_password(password, account.password) else None


class ForgottenForm(forms.Form):
    email = forms.EmailField(label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "username"}))


class PasswordForm(forms.Form):
    """A new password for `account`, typed twice."""

    new = forms.CharField(
        label=_("New password"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )
    again = forms.CharField(
        label=_("New password, once more"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args, account, **options):
        super().__init__(*args, **options)
        self.account = account
        self.rules = password_validators_help_text_html()

    def clean_new(self):
        validate_password(self.cleaned_data["new"], self.account)
        return self.cleaned_data["new"]

    def clean(self):
        answers = super().clean()
        if not self.errors and answers["new"] != answers["again"]:
            self.add_error("again", _("The two passwords are not the same. Type them once more."))
        return answers


class OwnPasswordForm(PasswordForm):
    """By who is signed in: the present password too."""

    present = forms.CharField(
        label=_("Present password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    field_order = ["present"]

    def clean_present(self):
        present, email = self.cleaned_data["present"], self.account.email
        if GUESSES.is_reached(email):
            raise forms.ValidationError(_("The password was wrong too often. Wait five minutes and try again."))
        if not check_password(present, self.account.password):
            GUESSES.count(email)
            raise forms.ValidationError(_("This is not your present password."))
        return present


class QuestionForm(forms.Form):
    """A new support task."""

    subject = VisibleField(label=_("What is it about?"), max_length=200)
    text = forms.CharField(
        label=_("Your question"), max_length=10_000, required=False, widget=forms.Textarea(attrs={"rows": 6})
    )
    file = AttachmentField(required=False)


class ChangeForm(forms.Form):
    text = VisibleField(
        label=_("What has changed?"),
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("For instance a new address or telephone number, and from which day."),
    )


class PostForm(forms.Form):
    text = VisibleField(label=_("Your message"), max_length=4_000, widget=forms.Textarea(attrs={"rows": 3}))
