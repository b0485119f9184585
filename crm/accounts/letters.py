"""Mail to employees with a link to choose a password: works once, and for as long as PASSWORD_RESET_TIMEOUT says."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import TextChoices
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from crm.accounts.models import Employee
from crm.core.languages import known


class LetterKind(TextChoices):
    INVITATION = "invitation"
    RESET = "reset"


def send(employee_id, kind):
    """In the language of who gets it; to who left meanwhile nothing is sent.

    Raises OSError when the mail server does not take it.
    """
    employee = Employee.objects.active().filter(pk=employee_id).first()
    if employee:
        with override(known(employee.language)):
            compose(employee, kind).send()


def compose(employee, kind):
    subjects = {LetterKind.INVITATION: _("Your account in Archivaris"), LetterKind.RESET: _("Your new password")}
    words = {"employee": employee, "link": link(employee), "days": settings.PASSWORD_RESET_TIMEOUT // 86_400}
    return EmailMessage(
        subject=subjects[kind],
        body=render_to_string(f"accounts/mail/{kind}.txt", words),
        to=[employee.email],
        headers={"Auto-Submitted": "auto-generated"},
    )


def link(employee):
    """Dead as soon as a password is chosen, or the employee signs in or leaves."""
    key = {"uidb36": user_pk_to_url_str(employee), "key": default_token_generator.make_token(employee)}
    return f"{settings.SITE_URL}{reverse('account_reset_password_from_key', kwargs=key)}"
