from django.db import transaction
from django.utils.translation import gettext as _

from billing.models import Subscription
from crm.core.refusals import Refusal, require
from relations.rights import CHANGE


@transaction.atomic
def end_subscription(subscription, *, on, by):
    """`on` is the last day."""
    current = _locked(subscription, by)
    if on < current.starts_on:
        raise Refusal(_("The last day lies before the start of the subscription. Choose a later date."), status=422)
    current.ends_on = on
    current.save()
    return current


def _locked(subscription, by):
    require(by, CHANGE)
    return Subscription.objects.select_for_update().get(pk=subscription.pk)
