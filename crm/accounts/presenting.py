"""What was done to an account, in words."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from crm.accounts import holdings, roles
from crm.accounts.models import ChangeKind, Employee


@dataclass(frozen=True)
class ToldChange:
    at: datetime
    by: str
    title: str
    note: str = ""


def changes(employee):
    rows = employee.changes.select_related("by", "successor")
    return [ToldChange(row.at, str(row.by), row.get_kind_display(), _note(row)) for row in rows]


def _note(row):
    match row.kind:
        case ChangeKind.LEFT:
            return handed_over(row.successor, row.details.get("counts", {}))
        case ChangeKind.INVITED:
            return ", ".join(map(roles.title, row.details.get("roles", [])))
        case ChangeKind.CHANGED:
            return ", ".join(_told_field(name, row.details) for name in row.details.get("fields", []))
    return ""


def _told_field(name, details):
    if name == "roles":
        return _("roles: %(roles)s") % {"roles": ", ".join(map(roles.title, details["roles"]))}
    return str(Employee._meta.get_field(name).verbose_name)


def departed(employee, successor, counts):
    """The sentence after letting somebody go."""
    told = handed_over(successor, counts)
    sentence = _("%(employee)s has left and cannot sign in any more.") % {"employee": employee}
    return f"{sentence} {capfirst(told)}." if told else sentence


def handed_over(successor, counts):
    """ "to Sanne Bakker: open tasks 3, relations managed 12", as far as their apps still know these kinds."""
    kinds = {holding.key: holding for holding in holdings.known()}
    given = _counted(kinds, counts, ends=False)
    ended = _counted(kinds, counts, ends=True)
    parts = [_("to %(colleague)s: %(work)s") % {"colleague": successor, "work": given}] if given else []
    return "; ".join(parts + ([_("stopped: %(work)s") % {"work": ended}] if ended else []))


def _counted(kinds, counts, *, ends):
    found = [(kinds[key], count) for key, count in counts.items() if key in kinds and kinds[key].ends == ends]
    return ", ".join(f"{holding.label} {count}" for holding, count in found)
