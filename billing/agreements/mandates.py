from django.db import transaction
from django.utils.translation import gettext as _

from relations import keeping


@transaction.atomic
def save_mandate(mandate, *, by):
    """Save the DirectDebitMandate, new or changed; its reference is given to the bank and there only once."""
    keeping.relation_to_change(mandate.relation_id, by=by)
    return keeping.save_once(mandate, _("This reference is in use by another agreement: type another."), by=by)
