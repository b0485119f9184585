from portals.models.accounts import (
    AccountState,
    AccountType,
    CommunityPost,
    PortalAccount,
    Reaction,
    ReactionKind,
)
from portals.models.links import Contractant, ContractantLink, PortalLink, PortalProvider
from portals.models.relinkings import Relinking

__all__ = [
    "AccountState",
    "AccountType",
    "CommunityPost",
    "Contractant",
    "ContractantLink",
    "PortalAccount",
    "PortalLink",
    "PortalProvider",
    "Reaction",
    "ReactionKind",
    "Relinking",
]
