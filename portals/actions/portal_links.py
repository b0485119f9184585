from django.db import transaction
from django.utils.translation import gettext as _

from billing.actions.access import relation_to_change, save_unique
from crm.core.refusals import Refusal
from portals.models import PortalLink


@transaction.atomic
def link_portal(link, *, by):
    relation_to_change(link.relation_id, by=by)
    save_unique(link, _("This number at the portal is already linked to a relation."))
    return link


@transaction.atomic
def unlink_portal(link, *, on, by):
    """The link ends `on`; what was linked stays on record (R8)."""
    relation_to_change(link.relation_id, by=by)
    link = PortalLink.objects.select_for_update().get(pk=link.pk)
    if link.until:
        raise Refusal(_("This link has been ended already."))
    link.until = max(on, link.since)
    link.save()
    return link
