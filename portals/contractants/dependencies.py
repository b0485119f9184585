"""What depends on the link of a relation with a contractant, and stops when it is emptied (R40-R42)."""

from dataclasses import dataclass

from django.db.models import Count, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from billing.models import Subscription
from portals.support_tasks import support_tasks_of

# what runs in the customer environment itself, and is set up there again for another relation (R42)
FEATURES = ["Report Scheduler", "Loket.nl"]


@dataclass(frozen=True)
class LinkDependency:
    title: str
    stops: str  # what happens when the link is emptied
    count: int | None = None


@dataclass(frozen=True)
class Usage:
    """What the office invoices a month for linked subscriptions, and how many it counts (R40)."""

    subscriptions: int
    monthly: object


def subscription_usage(relation, on):
    """Only linked subscriptions that run on `on` are counted."""
    running = Subscription.objects.linked().running(on).filter(relation=relation)
    return Usage(**running.aggregate(subscriptions=Count("pk"), monthly=Sum("price", default=0)))


def link_dependencies(relation):
    """For a relation that is linked: each thing with what stops."""
    usage = subscription_usage(relation, timezone.localdate())
    again = _("Stops working; has to be set up again for another relation.")
    return [
        LinkDependency(
            _("Support tasks"), _("The customer does not see them any more."), support_tasks_of(relation).count()
        ),
        LinkDependency(
            _("Count and invoicing of subscriptions"),
            _("This subscription is not counted or invoiced by use any more."),
            usage.subscriptions,
        ),
        *(LinkDependency(name, again) for name in FEATURES),
    ]
