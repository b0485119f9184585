from django.db import transaction
from django.utils.translation import gettext as _

from billing.models import Order
from crm.core.refusals import Refusal, require
from relations.rights import CHANGE


def mark_delivered(order, *, on, by):
    return _mark(order, "delivered_on", on, by)


def mark_invoiced(order, *, on, by):
    return _mark(order, "invoiced_on", on, by)


@transaction.atomic
def _mark(order, field, on, by):
    """Works for an archived relation too: an open order keeps it from being erased (R96)."""
    require(by, CHANGE)
    order = Order.objects.select_for_update().get(pk=order.pk)
    if on < order.ordered_on:
        raise Refusal(_("This date lies before the date of the order. Choose a later date."), status=422)
    if getattr(order, field) is None:  # a second click changes nothing
        setattr(order, field, on)
        order.save()
    return order
