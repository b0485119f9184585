"""Where allauth asks us (settings: ACCOUNT_ADAPTER, MFA_ADAPTER): its words, its mail, and the record of sign-ins."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from crm.accounts import second_step, signing_in, tasks
from crm.accounts.letters import LetterKind
from crm.accounts.models import SignInOutcome

WRONG_CODE = _("This code is not right (any more). Type the newest one.")
TOLD = {  # allauth's template of a message → our sentence; what is not named is not worth a message
    "account/messages/password_changed.txt": _("Your password has been changed."),
    "mfa/messages/totp_activated.txt": _("The code app has been set up. It is asked when you sign in."),
    "mfa/messages/totp_deactivated.txt": _("The code app has been removed."),
    "mfa/messages/recovery_codes_generated.txt": _("These are your recovery codes. Former ones work no longer."),
    "mfa/messages/webauthn_added.txt": _("The passkey has been added."),
    "mfa/messages/webauthn_removed.txt": _("The passkey has been removed."),
    "usersessions/messages/sessions_logged_out.txt": _("You have been signed out everywhere else."),
}


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _(
            "This e-mail address and password do not belong together. Check both and try again."
        ),
        "too_many_login_attempts": _("The password was wrong too often. Wait five minutes and try again."),
        "enter_current_password": _("This is not your present password."),
        "incorrect_password": _("This is not your password."),
        "incorrect_code": WRONG_CODE,
        "rate_limited": _("This went wrong too often. Wait five minutes and try again."),
    }

    def is_open_for_signup(self, request):
        """Administrators invite; nobody comes by themselves."""
        return False

    def add_message(self, request, level, message_template=None, *args, message=None, **kwargs):
        sentence = message or TOLD.get(message_template)
        if sentence:
            messages.add_message(request, level, sentence)

    def send_password_reset_mail(self, user, email, context):
        """By the workers, so that the answer takes as long for an address that nobody has."""
        tasks.ask(user.pk, LetterKind.RESET)

    # --- the record of sign-ins; confirming who one is during work is none -------------------------------------------

    def pre_authenticate(self, request, **credentials):
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            if request.user.is_anonymous:
                signing_in.refused_address(credentials["email"], SignInOutcome.TOO_OFTEN)
            raise

    def authentication_failed(self, request, **credentials):
        if request.user.is_anonymous:
            signing_in.refused_address(credentials["email"])

    def respond_user_inactive(self, request, user):
        signing_in.refused(user, outcome=SignInOutcome.LEFT)
        messages.error(request, _("This account is not active any more. Ask an administrator."))
        return redirect("account_login")

    def post_login(self, request, user, **kwargs):
        signing_in.signed_in(user, get_authentication_records(request, user))
        return super().post_login(request, user, **kwargs)


class SecondStepAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": WRONG_CODE,
        "cannot_delete_authenticator": _(
            "Administrators need a second step here. Add another one before this one goes."
        ),
    }

    def get_totp_issuer(self):
        return "Archivaris"

    def generate_authenticator_name(self, user, type):
        return _("Passkey %(number)s") % {"number": Authenticator.objects.filter(user=user, type=type).count() + 1}

    def can_delete_authenticator(self, authenticator):
        return not (settings.SECOND_STEP_FOR_ADMINISTRATORS and second_step.is_only_one(authenticator))
