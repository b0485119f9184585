"""Where apps register what relations can be asked; a higher app does so in its `relation_conditions.py`."""

from django.utils.translation import gettext_lazy as _

from crm.core.conditions import Vocabulary

CONDITIONS = Vocabulary()

# The sections of the list to choose a condition from.
GENERAL, ADDRESS, REACHING, REGISTERED, CONTACT, WORK, PORTALS = (
    _("General"),
    _("Address"),
    _("How to reach them"),
    _("Registration"),
    _("Around the relation"),
    _("Work and invoices"),
    _("Portals"),
)
CONDITIONS.arrange(GENERAL, CONTACT, WORK, ADDRESS, REACHING, REGISTERED, PORTALS)
