from portals.models.accounts import (
    AccountState,
    AccountType,
    CommunityPost,
    PortalAccount,
    Reaction,
    ReactionKind,
)
from portals.models.comments import TaskComment
from portals.models.links import Contractant, ContractantLink, PortalLink, PortalProvider
from portals.models.mail import MailKind, MailSender, MailState, OutgoingMail
from portals.models.relinkings import Relinking

__all__ = [
    "AccountState",
    "AccountType",
    "CommunityPost",
    "Contractant",
    "ContractantLink",
    "MailKind",
    "MailSender",
    "MailState",
    "OutgoingMail",
    "PortalAccount",
    "PortalLink",
    "PortalProvider",
    "Reaction",
    "ReactionKind",
    "Relinking",
    "TaskComment",
]
