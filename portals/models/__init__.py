from portals.models.accounts import (
    AccountState,
    AccountType,
    CommunityPost,
    PortalAccount,
    Reaction,
    ReactionKind,
)
from portals.models.links import Contractant, ContractantLink, PortalLink, PortalProvider

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
]
