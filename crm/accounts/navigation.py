from django.utils.translation import gettext_lazy as _

from crm.accounts.actions.permissions import CHANGE
from crm.core.navigation import Entry, register

register(Entry("admin", _("Employees"), "accounts:employee_list", CHANGE, order=90))
register(Entry("admin", _("Sign-ins"), "accounts:sign_in_list", CHANGE, order=91))
