from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from billing.actions.access import CHANGE, VIEW
from crm.core.panels import Panel, register


def _link_actions(relation, user):
    if not (relation.is_active and user.has_perm(CHANGE)):
        return []
    return [(_("Link or unlink a portal"), reverse("portals:relation_portals", args=[relation.pk]))]


def portal_links(relation):
    return relation.portal_links.order_by("-since", "-pk")


def portal_accounts(relation):
    return relation.portal_accounts.select_related("account_type").order_by("email")


def posts(relation):
    """One archived by itself is hidden while the relation is active."""
    rows = relation.posts.filter(archival=None) if relation.is_active else relation.posts
    return rows.order_by("-at", "-pk")


for order, key, title, rows, actions in [
    (50, "portals", _("Portals"), portal_links, _link_actions),
    (52, "portalaccounts", _("Portal accounts"), portal_accounts, None),
    (54, "community", _("Community"), posts, None),
]:
    register(Panel(key, title, rows, f"portals/panels/{key}.html", order, actions, permission=VIEW))
