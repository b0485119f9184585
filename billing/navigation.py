from django.utils.translation import gettext_lazy as _

from crm.core.navigation import Entry, register

register(Entry("billing", _("Timesheet"), "billing:timesheet_week", "relations.view_relation", order=10))
register(Entry("billing", _("To be invoiced"), "billing:unbilled_list", "relations.view_relation", order=15))
register(Entry("billing", _("Invoices"), "billing:invoice_list", "relations.view_relation", order=20))
register(Entry("billing", _("Reports"), "billing:report_list", "relations.view_relation", order=30))
