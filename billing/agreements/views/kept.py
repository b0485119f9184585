"""Adding and editing subscriptions, mandates and pledges."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from billing.agreements import mandates
from billing.agreements.forms import MandateForm, PledgeForm, SubscriptionForm
from billing.models import DirectDebitMandate, Pledge, Subscription
from relations.kept.pages import Kind, editing, form_page, kept_at, relation_at

SUBSCRIPTION = Kind(
    SubscriptionForm,
    "abonnementen",
    _("New subscription"),
    _("Edit subscription"),
    _("The subscription has been saved."),
)
MANDATE = Kind(
    MandateForm,
    "incasso-afspraken",
    _("New direct debit agreement"),
    _("Edit direct debit agreement"),
    _("The direct debit agreement has been saved."),
    save=mandates.save_mandate,
)
PLEDGE = Kind(PledgeForm, "toezeggingen", _("New pledge"), _("Edit pledge"), _("The pledge has been saved."))


@editing
def subscription_new(request, pk):
    new = Subscription(relation=relation_at(request, pk), starts_on=timezone.localdate())
    return form_page(request, new, SUBSCRIPTION)


@editing
def subscription_edit(request, pk):
    return form_page(request, kept_at(request, Subscription, pk), SUBSCRIPTION)


@editing
def mandate_new(request, pk):
    relation = relation_at(request, pk)
    new = DirectDebitMandate(relation=relation, iban=relation.iban, signed_on=timezone.localdate())
    return form_page(request, new, MANDATE)


@editing
def mandate_edit(request, pk):
    return form_page(request, kept_at(request, DirectDebitMandate, pk), MANDATE)


@editing
def pledge_new(request, pk):
    return form_page(request, Pledge(relation=relation_at(request, pk), starts_on=timezone.localdate()), PLEDGE)


@editing
def pledge_edit(request, pk):
    return form_page(request, kept_at(request, Pledge, pk), PLEDGE)
