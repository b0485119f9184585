from django.db.models import Count, F, Max, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from billing.actions.access import CHANGE, VIEW
from crm.core.panels import Panel, register
from portals.actions.accounts import MANAGE
from relations.models import Task, TaskKind


def _link_actions(relation, user):
    if not (relation.is_active and user.has_perm(CHANGE)):
        return []
    return [(_("Link or unlink a portal"), reverse("portals:relation_portals", args=[relation.pk]))]


def portal_links(relation):
    return relation.portal_links.order_by("-since", "-pk")


def _account_actions(relation, user):
    if not relation.is_active:
        return []
    shared = [(_("Share documents"), reverse("portals:shared_documents", args=[relation.pk]))]
    managed = [(_("Manage accounts"), reverse("portals:relation_accounts", args=[relation.pk]))]
    return (managed if user.has_perm(MANAGE) else []) + (shared if user.has_perm(CHANGE) else [])


def conversations(relation):
    """Support tasks of the relation, those that moved to another with what was said here too; the last said first."""
    own = Q(comments__relation=relation)
    tasks = Task.objects.filter(Q(links__relation=relation) | own, kind=TaskKind.SUPPORT)
    said = {"said": Count("comments", filter=own, distinct=True), "last_at": Max("comments__at", filter=own)}
    return tasks.annotate(**said).order_by(F("last_at").desc(nulls_last=True), "-pk")


def portal_accounts(relation):
    return relation.portal_accounts.select_related("account_type").order_by("email")


def posts(relation):
    """One archived by itself is hidden while the relation is active."""
    rows = relation.posts.filter(archival=None) if relation.is_active else relation.posts
    return rows.order_by("-at", "-pk")


for order, key, title, rows, actions in [
    (50, "portals", _("Portals"), portal_links, _link_actions),
    (52, "portalaccounts", _("Portal accounts"), portal_accounts, _account_actions),
    (53, "gesprekken", _("Conversations"), conversations, None),
    (54, "community", _("Community"), posts, None),
]:
    register(Panel(key, title, rows, f"portals/panels/{key}.html", order, actions, permission=VIEW))
