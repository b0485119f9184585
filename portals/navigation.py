from django.utils.translation import gettext_lazy as _

from billing.actions.access import VIEW
from crm.core.navigation import Entry, register

register(Entry("portals", _("Contractants"), "portals:contractant_list", VIEW, order=10))
register(Entry("portals", _("Support tasks"), "portals:support_tasks", VIEW, order=20))
