from django.utils.translation import gettext_lazy as _

from crm.core.navigation import Entry, register

register(Entry("work", _("Relations"), "relations:relation_list", permission="relations.view_relation", order=10))
