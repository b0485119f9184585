from django.utils.translation import gettext_lazy as _

from crm.core.navigation import Entry, register
from relations.rights import VIEW

register(Entry("billing", _("Timesheet"), "billing:timesheet_week", VIEW, order=10))
register(Entry("billing", _("To be invoiced"), "billing:unbilled_list", VIEW, order=15))
register(Entry("billing", _("Invoices"), "billing:invoice_list", VIEW, order=20))
register(Entry("billing", _("Reports"), "billing:report_list", VIEW, order=30))
