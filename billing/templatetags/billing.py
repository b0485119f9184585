"""How the states of hours, invoices and orders are told: a word, a colour and where it warns an icon."""

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _

from billing.models import InvoiceStatus
from billing.presenting import invoice_state

register = template.Library()


@register.inclusion_tag("components/badge.html")
def timesheet_badge(line):
    if line.invoice_line_id:
        return {"text": _("Invoiced"), "tone": "ok"}
    if line.billable:
        return {"text": _("To invoice"), "tone": "warn"}
    return {"text": _("Not billable")}


@register.inclusion_tag("components/badge.html")
def instalment_badge(instalment):
    if instalment.invoice_line_id:
        return {"text": _("Invoiced"), "tone": "ok"}
    return {"text": _("To invoice"), "tone": "warn"}


register.inclusion_tag("components/badge.html", name="invoice_badge")(invoice_state)


@register.filter
def outstanding(invoice):
    """What is still to be paid: nothing of a draft or of what was credited."""
    return invoice.open_amount if invoice.status == InvoiceStatus.SENT else 0


@register.inclusion_tag("components/badge.html")
def order_badge(order):
    if order.delivered_on and order.invoiced_on:
        return {"text": _("Delivered and invoiced"), "tone": "ok"}
    if order.delivered_on:
        return {"text": _("Not invoiced"), "tone": "warn"}
    if order.invoiced_on:
        return {"text": _("Not delivered"), "tone": "warn"}
    return {"text": _("Not delivered, not invoiced"), "tone": "warn"}


@register.inclusion_tag("components/badge.html")
def running_badge(ended_on):
    """Runs on, or ended: of a mandate, a portal link."""
    if ended_on and ended_on <= timezone.localdate():
        return {"text": _("Ended")}
    return {"text": _("Runs"), "tone": "ok"}


@register.inclusion_tag("components/badge.html")
def subscription_badge(subscription):
    """Its last day is a day of the subscription still."""
    today = timezone.localdate()
    if subscription.is_running(today):
        return {"text": _("Runs"), "tone": "ok"}
    return {"text": _("Starts later") if subscription.starts_on > today else _("Ended")}


@register.inclusion_tag("billing/_settling_button.html", takes_context=True)
def settling_button(context, invoice):
    """The next step of an open invoice, coming back to the page it stands on."""
    return {
        "invoice": invoice,
        "is_draft": invoice.status == InvoiceStatus.DRAFT,
        "today": timezone.localdate(),
        "next": context["request"].get_full_path(),
        "csrf_token": context["csrf_token"],
    }
