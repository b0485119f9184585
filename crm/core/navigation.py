"""The sidebar: each app registers its own entries in its `navigation.py` (autodiscovered)."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

GROUPS = {"work": "", "billing": _("Billing"), "portals": _("Customer environment"), "admin": _("Administration")}


@dataclass(frozen=True)
class Entry:
    group: str
    label: str
    url_name: str
    permission: str | tuple[str, ...] = ""  # shown only to who has it, or one of them
    order: int = 50
    count: Callable | None = None  # a cheap number behind the label
    count_for: Callable | None = None  # the same, of what this employee may see

    def is_for(self, employee):
        needed = (self.permission,) if isinstance(self.permission, str) else self.permission
        return not self.permission or any(employee.has_perm(permission) for permission in needed)


_entries: list[Entry] = []


def register(entry):
    _entries.append(entry)


def groups(request):
    """[(title, [{label, url, current, count}])] of what this employee may open."""
    if not request.user.is_authenticated:
        return []
    entries = sorted(_entries, key=lambda entry: entry.order)
    visible = [entry for entry in entries if entry.is_for(request.user)]
    found = [(title, [_shown(e, request) for e in visible if e.group == key]) for key, title in GROUPS.items()]
    return [(title, entries) for title, entries in found if entries]


def _shown(entry, request):
    url = reverse(entry.url_name)
    current = request.path == url or (url != "/" and request.path.startswith(url))
    count = entry.count_for(request.user) if entry.count_for else entry.count and entry.count()
    return {"label": entry.label, "url": url, "current": current, "count": count}
