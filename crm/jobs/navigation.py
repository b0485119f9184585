from django.utils.translation import gettext_lazy as _

from crm.core.navigation import Entry, register
from crm.jobs.freezing import USE

register(Entry("admin", _("Jobs"), "jobs:job_list", USE, order=40))
