"""The two roles and what they may. Made after every migration, so that they are there wherever the site runs.

The right to erase belongs to administrators, who may grant it to one employee at a time (R97).
"""

from django.contrib.auth.models import Group, Permission
from django.utils.translation import gettext_lazy as _

EMPLOYEE_ROLE = "Medewerker"
ADMIN_ROLE = "Beheerder"
ERASE = "relations.erase_relation"

ROLES = {
    EMPLOYEE_ROLE: [
        "relations.view_relation",
        "relations.add_relation",
        "relations.change_relation",
        "relations.archive_relation",  # R2
        "relations.import_relation",
        "jobs.use_bulk",  # R60
        "portals.manage_accounts",  # R81-R84
    ],
    ADMIN_ROLE: [
        "relations.restore_relation",  # R3
        ERASE,
        "relations.restrict_relation",
        "relations.delete_small",  # R103
        "accounts.change_employee",
        "jobs.view_every_job",
        "relations.share_with_office",
        "portals.change_accounttype",  # R81
        "billing.lock_month",
    ],
}


TITLES = {EMPLOYEE_ROLE: _("Employee"), ADMIN_ROLE: _("Administrator")}


def title(name):
    """The name of a role or group as the reader calls it; what the office named itself stays as it is."""
    return str(TITLES.get(name, name))


def ensure_roles(**_):
    """Make the groups and give them exactly their permissions."""
    for name, labels in ROLES.items():
        group, _created = Group.objects.get_or_create(name=name)
        codenames = [label.split(".")[1] for label in labels]
        group.permissions.set(Permission.objects.filter(codename__in=codenames))
