from dataclasses import dataclass

from django.db.models import Count, F, Max, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from billing.agreements import setup_column
from billing.agreements.setup_column import SetupColumn
from billing.models import Subscription
from crm.core.panels import Panel, register
from portals.rights import MANAGE
from portals.support_tasks import support_tasks_of
from relations.models import Task, TaskKind
from relations.rights import CHANGE, VIEW


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
    # a union of keys, each found by its own index; OR over two tables would read every support task of the office
    keys = relation.task_links.values("task").union(relation.task_comments.exclude(task=None).values("task"))
    said = {"said": Count("comments", filter=own), "last_at": Max("comments__at", filter=own)}
    tasks = Task.objects.filter(pk__in=keys, kind=TaskKind.SUPPORT).annotate(**said)
    return tasks.order_by(F("last_at").desc(nulls_last=True), "-pk")


def portal_accounts(relation):
    return relation.portal_accounts.select_related("account_type").order_by("email")


def posts(relation):
    """One archived by itself is hidden while the relation is active."""
    rows = relation.posts.filter(archival=None) if relation.is_active else relation.posts
    return rows.order_by("-at", "-pk")


def support_tasks(relation):
    """What the customer of this relation sees through its contractant (R48)."""
    return support_tasks_of(relation).select_related("assignee").order_by("-done_at", "due_on", "-pk")


@dataclass(frozen=True)
class Setup:
    """The technical setup of a subscription, for its cell; `url` is where it is looked at and changed."""

    text: str
    url: str


def _setups(ids):
    """{subscription: Setup}; of an erased relation there is nothing to change."""
    rows = Subscription.objects.filter(pk__in=ids, relation__erasure=None)
    return {
        pk: Setup(f"{database} / {contractant}" if contractant else "", reverse("portals:subscription", args=[pk]))
        for pk, database, contractant in rows.values_list("pk", "database", "contractant")
    }


setup_column.register(SetupColumn(_("Technical setup"), _setups, "portals/contractants/_setup_cell.html"))
register(
    Panel("supporttaken", _("Support tasks"), support_tasks, "relations/panels/taken.html", order=17, permission=VIEW)
)
for order, key, title, rows, actions in [
    (50, "portals", _("Portals"), portal_links, _link_actions),
    (52, "portalaccounts", _("Portal accounts"), portal_accounts, _account_actions),
    (53, "gesprekken", _("Conversations"), conversations, None),
    (54, "community", _("Community"), posts, None),
]:
    register(Panel(key, title, rows, f"portals/panels/{key}.html", order, actions, permission=VIEW))
