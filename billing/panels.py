"""What billing shows on the page of a relation, and the columns it fills in the list of relations."""

from decimal import Decimal

from django.db.models import DecimalField, F, Q, Sum
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from billing.agreements import setup_column
from billing.models import (
    DirectDebitMandate,
    Instalment,
    Invoice,
    InvoiceStatus,
    Pledge,
    PriceAgreement,
    Quote,
    Subscription,
    TimesheetLine,
)
from crm.core.panels import Column, Panel, register, register_column
from crm.core.templatetags.formats import money
from relations.kept.activities import parts as activity_parts
from relations.kept.deleting import deletable
from relations.rights import CHANGE, VIEW

MONEY = DecimalField(max_digits=14, decimal_places=2)


def _panel(key, title, rows, order, actions=None, **options):
    template = f"billing/panels/{key.replace('-', '_')}.html"
    register(Panel(key, title, rows, template, order, actions, permission=VIEW, **options))


def _writable(relation, user):
    return relation.is_active and user.has_perm(CHANGE)


def _timesheet_actions(relation, user):
    if not _writable(relation, user):
        return []
    return [
        (_("Write hours"), f"{reverse('billing:timesheet_week')}?relatie={relation.pk}"),
        (_("Invoice hours"), reverse("billing:relation_unbilled", args=[relation.pk])),
    ]


def _agreement_actions(relation, user):
    if not _writable(relation, user):
        return []
    return [(_("New price agreement"), reverse("billing:agreement_new", args=[relation.pk]))]


def _invoice_actions(relation, user):
    if not _writable(relation, user):
        return []
    return [
        (_("Open invoices"), reverse("billing:relation_invoices", args=[relation.pk])),
        (_("New invoice"), reverse("billing:invoice_new", args=[relation.pk])),
        (_("Invoice unbilled work"), reverse("billing:relation_unbilled", args=[relation.pk])),
    ]


def _subscription_actions(relation, user):
    if not _writable(relation, user):
        return []
    return [
        (_("All subscriptions"), reverse("billing:relation_subscriptions", args=[relation.pk])),
        (_("New subscription"), reverse("billing:subscription_new", args=[relation.pk])),
    ]


def _mandate_actions(relation, user):
    if not _writable(relation, user):
        return []
    return [(_("New direct debit agreement"), reverse("billing:mandate_new", args=[relation.pk]))]


def _pledge_actions(relation, user):
    if not _writable(relation, user):
        return []
    return [(_("New pledge"), reverse("billing:pledge_new", args=[relation.pk]))]


def _quote_actions(relation, user):
    return [(_("New quote"), reverse("billing:quote_new", args=[relation.pk]))] if _writable(relation, user) else []


def _order_actions(relation, user):
    if not _writable(relation, user):
        return []
    return [(_("Open orders"), reverse("billing:relation_orders", args=[relation.pk]))]


def hours(relation):
    return relation.timesheet_lines.select_related("employee").order_by("-worked_on", "-pk")


def price_agreements(relation):
    return relation.price_agreements.prefetch_related("instalments").order_by("-starts_on", "-pk")


def invoices(relation):
    return relation.invoices.select_related("debtor").order_by("-issued_on", "-pk")


def subscriptions(relation):
    return relation.subscriptions.latest_first()


def quotes(relation):
    return relation.quotes.order_by("-issued_on", "-pk")


def orders(relation):
    return relation.orders.order_by("-ordered_on", "-pk")


def receipts(relation):
    return relation.receipts.order_by("-received_on", "-pk")


def mandates(relation):
    return relation.mandates.order_by("-signed_on", "-pk")


def pledges(relation):
    """One archived by itself is hidden while the relation is active."""
    rows = relation.pledges.filter(archival=None) if relation.is_active else relation.pledges
    return rows.order_by("-starts_on", "-pk")


def projects(relation):
    return relation.projects.order_by("-starts_on", "-pk")


def resellers(relation):
    return relation.resellers.order_by("name", "pk")


def sent_mails(relation):
    return relation.sent_mails.order_by("-sent_at", "-pk")


_panel("uren", _("Hours"), hours, 30, _timesheet_actions, figures=True, always=True)
_panel("prijsafspraken", _("Price agreements"), price_agreements, 32, _agreement_actions, figures=True)
_panel("facturen", _("Invoices"), invoices, 34, _invoice_actions, figures=True, always=True)
_panel(
    "abonnementen",
    _("Subscriptions"),
    subscriptions,
    36,
    _subscription_actions,
    figures=True,
    present=lambda rows, relation: setup_column.fill(rows),
)
_panel("offertes", _("Quotes"), quotes, 40, _quote_actions, figures=True)
_panel("orders", _("Orders"), orders, 42, _order_actions, figures=True)
_panel("kwitanties", _("Receipts"), receipts, 44, figures=True)
_panel("incasso-afspraken", _("Direct debit agreements"), mandates, 46, _mandate_actions)
_panel("toezeggingen", _("Pledges"), pledges, 48, _pledge_actions, figures=True)
_panel("projecten", _("Projects"), projects, 80)
_panel("wederverkopers", _("Resellers"), resellers, 82)
_panel("mailhistorie", _("Mail history"), sent_mails, 84)


def _open_amounts(ids):
    """What each relation still has to pay on its own invoices."""
    sent = Invoice.objects.filter(relation__in=ids, status=InvoiceStatus.SENT)
    return dict(sent.values("relation").annotate(open=Sum(F("total") - F("paid"))).values_list("relation", "open"))


def _unbilled_amounts(ids):
    """Hours and instalments that are not invoiced yet, in one query."""
    hours = TimesheetLine.objects.unbilled().filter(relation__in=ids).order_by()
    instalments = Instalment.objects.unbilled().filter(agreement__relation__in=ids).order_by()
    worked = hours.values("relation").annotate(amount=Sum(F("hours") * F("rate"), output_field=MONEY))
    agreed = instalments.values("agreement__relation").annotate(sum=Sum("amount", output_field=MONEY))
    found = {}
    for relation_id, amount in worked.values_list("relation", "amount").union(
        agreed.values_list("agreement__relation", "sum"), all=True
    ):
        found[relation_id] = found.get(relation_id, Decimal(0)) + amount
    return found


register_column(Column("onderhanden", _("Work in hand"), _unbilled_amounts, money, True, 60, in_head=True))
register_column(Column("openstaand", _("Open amount"), _open_amounts, money, True, 61, in_head=True))
activity_parts.register(
    activity_parts.Part(
        "offertes",
        _("Quotes"),
        lambda activity: activity.quotes.filter(relation=activity.relation_id).order_by("-issued_on", "-pk"),
        "billing/parts/offertes.html",
        order=30,
        new_page="billing:quote_new",
        new_label=_("New quote"),
    )
)
deletable.register(deletable.Deletable("offertes", Quote))
deletable.register(deletable.Deletable("incasso-afspraken", DirectDebitMandate))
deletable.register(deletable.Deletable("toezeggingen", Pledge))
deletable.register(
    deletable.Deletable(
        "prijsafspraken",
        PriceAgreement,
        refusals=(
            (
                Q(instalments__invoice_line__isnull=False),
                _("Instalments of this price agreement have been invoiced, so it stays. Credit the invoice first."),
            ),
        ),
    )
)
deletable.register(
    deletable.Deletable(
        "abonnementen",
        Subscription,
        refusals=(
            (
                ~Q(contractant=""),
                _("This subscription is linked to a contractant. Unlink it first, or let the subscription end."),
            ),
        ),
    )
)
