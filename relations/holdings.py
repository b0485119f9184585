"""What an employee who leaves can hold here (crm/accounts/holdings.py); no documents: docs/decisions/0013."""

from django.utils.translation import gettext_lazy as _

from crm.accounts.holdings import Holding, register
from relations import handing_over as hand
from relations.agenda import feeds

register(Holding("relations", _("relations managed"), hand.managed_relations, hand.give_relations, order=10))
register(Holding("tasks", _("open tasks"), hand.open_tasks, hand.give_tasks, order=20))
register(Holding("activities", _("planned activities"), hand.open_activities, hand.give_activities, order=30))
register(Holding("appointments", _("coming appointments"), hand.coming_appointments, hand.give_appointments, order=40))
register(Holding("access", _("access to restricted relations"), hand.access_by_name, hand.give_access, order=45))
register(Holding("feed", _("calendar address"), feeds.open_feeds, feeds.end_feeds, order=90, ends=True))
register(Holding("filters", _("shared filters"), hand.shared_filters, hand.give_filters, order=50))
register(Holding("selections", _("shared selections"), hand.shared_selections, hand.give_selections, order=60))
