"""The mail itself, made of the account as it is when the mail goes."""

from email.utils import formataddr
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from crm.core.languages import in_office_language
from portals import tokens
from portals.mailing.outcomes import BAD_ADDRESS, CLOSED, NO_SENDER
from portals.models import MailKind


def compose(mail, sender):
    """The EmailMessage of the OutgoingMail `mail`, or the Outcome that says why there is none."""
    account = mail.account
    if sender is None:
        return NO_SENDER
    if account.is_blocked or not account.relation.is_active:
        return CLOSED
    with in_office_language():
        message = _message(mail, sender)
    try:
        message.message()
    except ValueError:  # an address that the rules of mail do not allow, or a line break in a name
        return BAD_ADDRESS
    return message


def _message(mail, sender):
    host = urlsplit(settings.SITE_URL).hostname
    subjects = {MailKind.INVITATION: _("Your account at %(office)s"), MailKind.RESET: _("Your new password")}
    return EmailMessage(
        subject=subjects[mail.kind] % {"office": sender.name},
        body=render_to_string(f"portals/mailing/{mail.kind}.txt", _words(mail, sender)),
        from_email=formataddr((sender.name, sender.address)),
        to=[mail.account.email],
        headers={"Message-ID": f"<account-mail-{mail.pk}@{host}>", "Auto-Submitted": "auto-generated"},
    )


def _words(mail, sender):
    link = reverse("customer:password", args=[tokens.make(mail.account, mail.kind)])
    return {
        "account": mail.account,
        "sender": sender,
        "link": f"{settings.SITE_URL}{link}",
        "days": tokens.DAYS[mail.kind],
    }
