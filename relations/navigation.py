from django.utils.translation import gettext_lazy as _

from archiving.acts.beginning import permission
from archiving.plans.plan import Act
from crm.core.navigation import Entry, register
from relations.listing.arrangements import selections_of
from relations.rights import RESTRICT, VIEW

register(Entry("work", _("Start"), "core:start", permission=VIEW, order=1))
register(Entry("work", _("Relations"), "relations:relation_list", permission=VIEW, order=10))
register(
    Entry(
        "work",
        _("Selections"),
        "relations:selection_list",
        permission=VIEW,
        order=12,
        count_for=selections_of,
    )
)
register(
    Entry(
        "admin",
        _("Restricted relations"),
        "relations:restricted_relation_list",
        permission=RESTRICT,
        order=12,
    )
)
register(Entry("work", _("Tasks"), "relations:task_list", permission=VIEW, order=30))
register(
    Entry(
        "admin",
        _("Blockers"),
        "relations:blocked_list",
        permission=permission(Act.RESTORE),
        order=12,
    )
)
register(Entry("work", _("Agenda"), "relations:agenda", permission=VIEW, order=32))
