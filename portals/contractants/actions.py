"""Linking a relation to a customer environment by hand, and unlinking it (R39, R43-R47).

Locks are always taken in this order: relations, subscriptions, contractants. Whoever links holds the contractant, so
that of two who link the same one, the second sees that it is taken.
"""

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import gettext as _

from billing.models import Subscription
from crm.core.refusals import Refusal, require
from portals.models import Contractant, ContractantLink
from relations import keeping
from relations.keeping import relation_to_change
from relations.models import Relation
from relations.rights import CHANGE


class LinkedElsewhere(Refusal):
    """One relation per contractant (R43)."""

    def __init__(self, subscription):
        self.subscription = subscription
        relation = subscription.relation
        sentence = _("This contractant is linked to relation %(number)s %(name)s: unlink it there first, or relink it.")
        super().__init__(sentence % {"number": relation.number, "name": relation.name})


@transaction.atomic
def link_contractant(subscription, *, database, code, by):
    """Fill the technical setup of a running subscription (R46); says so when the contractant is linked elsewhere."""
    relation_to_change(subscription.relation_id, by=by)
    current = _locked(subscription)
    _refuse_unless_free(current)
    contractant = contractant_named(database, code)
    if taken := linked_subscription(contractant):
        raise LinkedElsewhere(taken)
    current.database, current.contractant = contractant.database, contractant.code
    _save(current, by)
    ContractantLink.objects.create(
        contractant=contractant, relation_id=current.relation_id, since=timezone.localdate(), by=by
    )
    return current


@transaction.atomic
def unlink_contractant(subscription, *, by):
    """Empty the technical setup: the customer environment is free for another relation (R43, R45)."""
    require(by, CHANGE)
    Relation.objects.select_for_update(no_key=True).get(pk=subscription.relation_id)
    current = _locked(subscription)
    if not current.contractant:
        raise Refusal(_("This subscription is not linked to a contractant (any more)."))
    end_links(Contractant.objects.filter(database=current.database, code=current.contractant))
    current.database = current.contractant = ""
    _save(current, by)
    return current


def contractant_named(database, code):
    """The contractant with these words, however they are capitalised, locked; a new one when there is none."""
    named = Contractant.objects.select_for_update().filter(database__iexact=database, code__iexact=code)
    if not (found := named.first()):  # unless somebody makes it at this moment, perhaps in other capitals
        Contractant.objects.bulk_create([Contractant(database=database, code=code)], ignore_conflicts=True)
        found = named.get()
    return found


def linked_subscription(contractant):
    """The subscription that carries `contractant` now, or None."""
    found = Subscription.objects.filter(database=contractant.database, contractant=contractant.code)
    return found.select_related("relation").first()


def end_links(contractants):
    """The links of these contractants end today."""
    live = ContractantLink.objects.live().filter(contractant__in=contractants)
    live.update(until=Greatest(F("since"), timezone.localdate()))


def _refuse_unless_free(subscription):
    today = timezone.localdate()
    if subscription.contractant:
        raise Refusal(_("This subscription is linked already: empty Database and Contractant first, and save."))
    if subscription.starts_on > today:
        raise Refusal(_("This subscription has not started yet: link the one that runs now."))
    if not subscription.is_running(today):
        raise Refusal(_("This subscription has ended: link the one that runs now."))


def _locked(subscription):
    return Subscription.objects.select_for_update().get(pk=subscription.pk)


def _save(subscription, by):
    keeping.save(subscription, by=by)
