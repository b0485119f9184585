"""How the states of accounts, mail and a customer's invoices are told: a word, a colour and where it warns an icon."""

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from billing.models import InvoiceStatus
from portals.mailing.outcomes import REASONS
from portals.models import AccountState, MailState

register = template.Library()
WARNING = "exclamation-triangle"
ACCOUNT_TONES = {AccountState.ACTIVE: "ok", AccountState.BLOCKED: "danger"}
MAIL_TONES = {MailState.SENT: "ok", MailState.FAILED: "danger"}


@register.inclusion_tag("components/badge.html")
def account_badge(account):
    icon = "lock-closed" if account.is_blocked else None
    return {"text": account.get_state_display(), "tone": ACCOUNT_TONES.get(account.state), "icon": icon}


@register.inclusion_tag("components/badge.html")
def mail_badge(mail):
    icon = WARNING if mail.state == MailState.FAILED else None
    return {"text": mail.get_state_display().lower(), "tone": MAIL_TONES.get(mail.state), "icon": icon}


@register.filter
def mail_reason(mail):
    """Why it was not sent (yet), or ""."""
    return REASONS.get(mail.reason, "")


@register.inclusion_tag("components/badge.html")
def to_pay_badge(invoice):
    """To the customer: what is still to be done about it."""
    if invoice.status != InvoiceStatus.SENT:
        return {"text": invoice.get_status_display().lower(), "tone": "ok"}
    if invoice.due_on < timezone.localdate():
        return {"text": _("too late"), "tone": "danger", "icon": WARNING}
    day = date_format(invoice.due_on, "SHORT_DATE_FORMAT")
    return {"text": _("pay before %(day)s") % {"day": day}, "tone": "warn"}
