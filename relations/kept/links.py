from django.db import transaction
from django.utils.translation import gettext as _

from crm.core.refusals import Refusal, require
from relations.kept import actions as keeping
from relations.record.actions import refuse_unless_active


@transaction.atomic
def save_link(link, *, by):
    """Save the RelationLink, new or changed; both its relations are active, and linked this way only once."""
    require(by, keeping.CHANGE)
    keeping.refuse_archived(link)
    for relation in keeping.lock([link.from_relation_id, link.to_relation_id]):
        refuse_unless_active(relation)
    if link.same().exists():
        raise Refusal(_("These two relations are linked this way already."))
    return keeping.save(link, by=by)
