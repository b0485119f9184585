"""Why a relation is left out of a change of properties."""

from django.utils.translation import gettext_lazy as _

REASONS = {
    "CHANGED_MEANWHILE": _("somebody else changed the same property meanwhile"),
    "NEEDS_DATE": _("becomes former without a date"),
    "NOT_FORMER": _("is not former, and has no date for that"),
    "OWN_DEBTOR": _("cannot be its own invoice debtor"),
    "DEBTOR": _("the invoice debtor is no longer active"),
    "TAG": _("the tag no longer exists"),
    "TOO_LONG": _("the text would become too long"),
    "BY_HAND": _("skipped by whoever went through them"),
}
