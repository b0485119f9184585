from django.db import transaction
from django.utils.translation import gettext as _

from crm.core.refusals import Refusal, require
from relations import keeping
from relations.keeping import refuse_unless_active
from relations.rights import CHANGE


@transaction.atomic
def save_link(link, *, by):
    """Save the RelationLink, new or changed; both its relations are active, and linked this way only once."""
    require(by, CHANGE)
    keeping.refuse_archived(link)
    for relation in keeping.lock([link.from_relation_id, link.to_relation_id]):
        refuse_unless_active(relation)
    if link.same().exists():
        raise Refusal(_("These two relations are linked this way already."))
    return keeping.save(link, by=by)
