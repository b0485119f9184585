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
    restricted = [Badge(_("restricted"), "accent", "lock-closed")] if relation.restricted else []
    return [
        *archive_badges(relation),
        *restricted,
        Badge(relation.get_status_display(), STATUS_TONES.get(relation.status, "")),
        Badge(relation.get_kind_display()),
    ]


def archive_badges(relation):
    """For where a relation is one of many: only that it is in the archive."""
    return [Badge(_("archived"), "warn", "archive-box")] if relation.is_archived else []
