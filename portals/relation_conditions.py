"""What relations can be asked about portals and the accounts of customers."""

from django.utils.translation import gettext_lazy as _

from crm.core.conditions import Rows
from portals.models import AccountState, PortalAccount, PortalLink, PortalProvider
from relations.listing.filters import CONDITIONS
from relations.listing.filters.vocabulary import PORTALS


def providers():
    return PortalProvider.choices


def states():
    return AccountState.choices


def live_links():
    return PortalLink.objects.live()


CONDITIONS.register(
    Rows(
        key="portal",
        label=_("Portal link"),
        section=PORTALS,
        rows=[live_links],
        column="provider",
        source=providers,
    ),
    Rows(
        key="account",
        label=_("Portal account"),
        section=PORTALS,
        rows=[PortalAccount.objects.all],
        column="state",
        source=states,
    ),
)
