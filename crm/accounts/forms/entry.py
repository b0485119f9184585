"""What coming in and one's own account ask: allauth's forms, in our words (settings: ACCOUNT_FORMS, MFA_FORMS)."""

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from crm.accounts import signing_in
from crm.accounts.models import SignInMethod


class InOurWords:
    """Labels and hints of ours for the fields of a form of allauth; without the placeholders it repeats them in."""

    words = {}  # name of a field → label
    hints = {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.words.get(name, field.label)
            field.help_text = self.hints.get(name, "")


class SignInForm(InOurWords, account.LoginForm):
    words = {"login": _("E-mail address"), "password": _("Password")}


class ForgottenForm(InOurWords, account.ResetPasswordForm):
    words = {"email": _("E-mail address")}


NEW = {"password1": _("New password"), "password2": _("New password once more")}
HOW = {"password1": _("At least 8 characters. A few words in a row are easy to remember and hard to guess.")}


class NewPasswordForm(InOurWords, account.ResetPasswordKeyForm):
    words, hints = NEW, HOW


class OwnPasswordForm(InOurWords, account.ChangePasswordForm):
    words, hints = {"oldpassword": _("Present password"), **NEW}, HOW


class ConfirmForm(InOurWords, account.ReauthenticateForm):
    words = {"password": _("Password")}


class Recorded:
    """A wrong answer to the second question at signing in stays on record."""

    method = None

    def clean(self):
        answers = super().clean()
        if self.errors and self.user:
            signing_in.refused(self.user, self.method)
        return answers


class CodeForm(Recorded, InOurWords, mfa.AuthenticateForm):
    method = SignInMethod.CODE
    words = {"code": _("Code")}
    hints = {"code": _("The six digits of your code app, or one of your recovery codes.")}


WRONG_KEY = _("This passkey could not be read. Try again.")
UNREADABLE = (AttributeError, KeyError, TypeError, ValueError)  # of what no browser sends; allauth expects the third


class Readable:
    """What is no answer of a passkey is refused in words."""

    def clean_credential(self):
        try:
            return super().clean_credential()
        except UNREADABLE:
            raise ValidationError(WRONG_KEY) from None


class KeyForm(Recorded, Readable, webauthn.AuthenticateWebAuthnForm):
    method = SignInMethod.KEY


class ConfirmCodeForm(InOurWords, mfa.ReauthenticateForm):
    words, hints = CodeForm.words, CodeForm.hints


class CodeAppForm(InOurWords, totp.ActivateTOTPForm):
    words = {"code": _("Code")}
    hints = {"code": _("The six digits that the app shows now.")}


class PasskeyForm(InOurWords, webauthn.AddWebAuthnForm):
    """Every passkey of ours can sign in by itself."""

    words = {"name": _("Name")}
    hints = {"name": _("So that you know later which one this is: Telephone, Laptop.")}
    passwordless = forms.BooleanField(required=False, initial=True, widget=forms.HiddenInput)

    def clean_passwordless(self):
        return True

    def clean(self):
        try:
            return super().clean()
        except UNREADABLE:
            raise ValidationError(WRONG_KEY) from None


class PasskeyNameForm(InOurWords, webauthn.EditWebAuthnForm):
    words = {"name": _("Name")}


class ConfirmKeyForm(Readable, webauthn.ReauthenticateWebAuthnForm):
    pass


class PasskeyEntryForm(Readable, webauthn.LoginWebAuthnForm):
    """Signs in with a passkey alone."""

    def clean_credential(self):
        try:
            return super().clean_credential()
        except ValidationError:
            signing_in.refused(None, SignInMethod.PASSKEY)
            raise
