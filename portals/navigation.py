from django.utils.translation import gettext_lazy as _

from billing.actions.access import VIEW
from crm.core.navigation import Entry, register
from portals.actions.accounts import MANAGE

register(Entry("portals", _("Contractants"), "portals:contractant_list", VIEW, order=10))
register(Entry("portals", _("Support tasks"), "portals:support_tasks", VIEW, order=20))
register(Entry("admin", _("Account types"), "portals:account_type_list", "portals.change_accounttype", order=92))
register(Entry("admin", _("E-mail"), "portals:mail", MANAGE, order=93))
