"""What can come of one try to send a mail, and what is said of it."""

from dataclasses import dataclass
from smtplib import SMTPRecipientsRefused, SMTPResponseException

from anymail.exceptions import AnymailError, AnymailRecipientsRefused
from django.utils.translation import gettext_lazy as _

REASONS = {
    "MAIL_ADDRESS": _("no mail can be sent to this e-mail address: check how it is spelled"),
    "MAIL_REFUSED": _("the mail server refused the mail: check the e-mail address"),
    "MAIL_BUSY": _("the mail server kept putting the mail off; try again"),
    "MAIL_NO_SERVER": _("the mail server could not be reached; try again when it is back"),
    "MAIL_UNCERTAIN": _("it is not known whether the mail was sent: ask the customer, or try again"),
    "MAIL_CLOSED": _("not sent: the account was blocked or the relation archived meanwhile"),
    "MAIL_NO_SENDER": _("not sent: nobody filled in the sender of the office's mail"),
}


@dataclass(frozen=True)
class Outcome:
    """Sent, without `reason`; else why not. `again`: it certainly did not go and may do so later."""

    reason: str = ""
    again: bool = False


SENT = Outcome()
BAD_ADDRESS = Outcome("MAIL_ADDRESS")
CLOSED = Outcome("MAIL_CLOSED")
NO_SENDER = Outcome("MAIL_NO_SENDER")
REFUSED = Outcome("MAIL_REFUSED")
BUSY = Outcome("MAIL_BUSY", again=True)
UNREACHABLE = Outcome("MAIL_NO_SERVER", again=True)
UNCERTAIN = Outcome("MAIL_UNCERTAIN")


def of_answer(error):
    """The Outcome of a mail to which the server answered no, or None when `error` is no answer of a server."""
    if isinstance(error, AnymailError):
        return _of_provider(error)
    if isinstance(error, SMTPRecipientsRefused):
        codes = [code for code, _text in error.recipients.values()]
    elif isinstance(error, SMTPResponseException):
        codes = [error.smtp_code]
    else:
        return None
    return REFUSED if any(code >= 500 for code in codes) else BUSY


def _of_provider(error):
    """Of a mail provider over HTTP. None for an error of its own: nobody knows what it had done by then."""
    if isinstance(error, AnymailRecipientsRefused):
        return REFUSED
    code = error.status_code or 0
    if code in (401, 403):
        return UNREACHABLE  # the office's key is not right (any more): not the fault of this address
    if code == 429:
        return BUSY
    return REFUSED if 400 <= code < 500 else None
