from django.utils.translation import gettext_lazy as _

from crm.core.navigation import Entry, register
from portals.rights import CHANGE_TYPES, MANAGE
from relations.rights import VIEW

register(Entry("portals", _("Contractants"), "portals:contractant_list", VIEW, order=10))
register(Entry("portals", _("Support tasks"), "portals:support_tasks", VIEW, order=20))
register(Entry("admin", _("Account types"), "portals:account_type_list", CHANGE_TYPES, order=92))
register(Entry("admin", _("E-mail"), "portals:mail", MANAGE, order=93))
