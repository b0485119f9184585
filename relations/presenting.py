"""Wording and colour of a relation's state, the same on every screen."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from relations.models import RelationStatus

STATUS_TONES = {RelationStatus.PROSPECT: "accent", RelationStatus.CLIENT: "ok", RelationStatus.FORMER: "warn"}


@dataclass(frozen=True)
class Badge:
    text: str
    tone: str = ""
    icon: str = ""


def state_badges(relation):
    """What the relation is now: its kind and status, and whether it is in the archive or gone."""
    if relation.is_erased:
        return [Badge(_("erased"), "danger", "trash")]
    badges = [
        Badge(relation.get_status_display(), STATUS_TONES.get(relation.status, "")),
        Badge(relation.get_kind_display()),
    ]
    if relation.restricted:
        badges.insert(0, Badge(_("restricted"), "accent", "lock-closed"))
    if relation.is_archived:
        badges.insert(0, Badge(_("archived"), "warn", "archive-box"))
    return badges
