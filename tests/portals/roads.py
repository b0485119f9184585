"""The manual road and the wizard's, as rows: what each leaves behind can be laid side by side."""

from portals.contractants import actions as contractants
from portals.models import Contractant, ContractantLink
from portals.relinking import relinking
from portals.relinking.planning import Move, plan
from relations.models import TaskLink
from relations.work import actions as tasks


def by_hand(old, new, *, by):
    """R45, R46 and R49-R53, step by step: `old` and `new` are Subscriptions."""
    database, code = old.database, old.contractant
    contractants.unlink_contractant(old, by=by)
    contractants.link_contractant(new, database=database, code=code, by=by)
    for link in TaskLink.objects.filter(relation=old.relation, task__done_at=None).select_related("task"):
        if not TaskLink.objects.filter(task=link.task, relation=new.relation).exists():
            tasks.link_task(link.task, relation=new.relation, by=by, instead_of=link)
        else:
            tasks.unlink_task(link, by=by)


def by_wizard(old, new, *, by):
    contractant = Contractant.objects.get(database=old.database, code=old.contractant)
    expected = plan(Move(contractant.pk, new.relation_id)).fingerprint
    return relinking.relink(contractant=contractant, relation=new.relation, expected=expected, by=by)


def rows(relations, subscriptions):
    """What is there afterwards, with names for keys so that two offices can be compared."""
    names = {relation.pk: letter for letter, relation in zip("ABCDEF", relations, strict=False)}
    links = TaskLink.objects.filter(relation__in=names).values_list("task__subject", "relation")
    history = TaskLink.history.filter(relation__in=names).values_list("history_type", "relation", "history_user")
    setups = [(row.database, row.contractant) for row in subscriptions.order_by("pk")]
    setup_history = [
        sorted(row.history.values_list("history_type", "database", "contractant", "history_user"), key=str)
        for row in subscriptions.order_by("pk")
    ]
    linked = ContractantLink.objects.filter(relation__in=names).order_by("since", "pk")
    return {
        "setups": setups,
        "setup history": setup_history,
        "tasks": sorted((subject, names[relation]) for subject, relation in links),
        "task history": sorted([(kind, names[relation], user) for kind, relation, user in history], key=str),
        "links": [(names[row.relation_id], row.since, row.until, row.by_id) for row in linked],
    }
