from django.db import transaction
from django.utils.translation import gettext as _

from billing.actions.access import relation_to_change, save_unique


@transaction.atomic
def keep(quote, *, by):
    """Save `quote`, new or changed, of its relation."""
    relation_to_change(quote.relation_id, by=by)
    quote._history_user = by
    save_unique(quote, _("There is a quote with this number already: type another."))
    return quote
