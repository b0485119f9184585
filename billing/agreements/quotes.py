from django.db import transaction
from django.utils.translation import gettext as _

from relations import keeping
from relations.keeping import relation_to_change


@transaction.atomic
def keep(quote, *, by):
    """Save `quote`, new or changed, of its relation."""
    relation_to_change(quote.relation_id, by=by)
    return keeping.save_once(quote, _("There is a quote with this number already: type another."), by=by)
