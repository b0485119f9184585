"""Moving tasks and activities of relations to another one, so that they can be archived or erased (R49, R53, R102)."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef, Q, Value, When, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext as _

from archiving import history
from archiving.reach import among
from crm.core.refusals import Refusal, require
from crm.jobs import freezing, settling
from crm.jobs.models import ItemState
from crm.jobs.operations import Result
from relations.models import ClientActivity, Note, Relation, TaskLink
from relations.rights import CHANGE

OPERATION = "move_work"
STATES = {**settling.STATES, "NO_WORK": ItemState.UNCHANGED, "TARGET": ItemState.SKIPPED}
BECAUSE = "moved to another relation"


@dataclass(frozen=True)
class Work:
    """What is moved."""

    tasks: str  # "", "open" or "all"
    activities: bool

    @property
    def links(self):
        match self.tasks:
            case "open":
                return TaskLink.objects.filter(task__done_at=None)
            case "all":
                return TaskLink.objects.all()
        return TaskLink.objects.none()

    @property
    def acts(self):
        """An activity that was archived by itself stays with the relation whose act that was."""
        return ClientActivity.objects.filter(archival=None) if self.activities else ClientActivity.objects.none()


def plan(job, *, to, work):
    mine = {"relation": OuterRef("target")}
    nothing = ~Exists(work.links.filter(**mine)) & ~Exists(work.acts.filter(**mine))
    return settling.plan(
        job,
        settling.ERASED,
        settling.ARCHIVED,
        When(target=to, then=Value("TARGET")),
        When(nothing, then=Value("NO_WORK")),
        states=STATES,
        parameters={"to": to.pk, "tasks": work.tasks, "activities": work.activities},
        facts=_facts(job, work),
    )


def _facts(job, work):
    """A task that hangs under several relations of the set is one task."""
    active = freezing.targets(job).filter(archival=None)
    of_set = {"relation__in": active}
    acts = work.acts.filter(**of_set)
    return {
        "tasks": work.links.filter(**of_set).aggregate(count=Count("task", distinct=True))["count"],
        "activities": acts.count(),
        "notes": Note.objects.filter(activity__in=acts, relation=F("activity__relation"), archival=None).count(),
    }


def run(job, items):
    """One chunk, for crm.jobs.running."""
    to = job.parameters["to"]
    if not Relation.objects.active().filter(pk=to).exists():
        return {item.pk: Result(ItemState.SKIPPED, "TARGET_GONE") for item in items}
    work = Work(job.parameters["tasks"], job.parameters["activities"])
    active, moved = move_work([item.target_id for item in items], to=to, work=work, by=job.by)
    nothing, closed = Result(ItemState.UNCHANGED, "NO_WORK"), Result(ItemState.SKIPPED, "ARCHIVED")
    others = [item for item in items if item.target_id not in moved]
    return {item.pk: nothing if item.target_id in active else closed for item in others}


@transaction.atomic
def move_work(from_ids, *, to, work, by):
    """(active relations of `from_ids`, those of them that had something to move); a fixed number of statements."""
    require(by, CHANGE)
    active = _lock([*from_ids, to]) - {to}
    links = _move_links(work.links.filter(relation__in=among(active)), to, by) if work.tasks else []
    acts = _move_activities(work.acts.filter(relation__in=among(active)), to, by) if work.activities else []
    return active, {*links, *acts}


@transaction.atomic
def move_activity(activity, *, to, by):
    """One activity that was entered at the wrong relation (R102), as move_work does for many."""
    require(by, CHANGE)
    if to.pk == activity.relation_id:
        raise Refusal(_("The activity is at this relation already. Choose another one."), status=422)
    if _lock([activity.relation_id, to.pk]) != {activity.relation_id, to.pk}:
        raise Refusal(_("One of the two relations has been archived meanwhile. Nothing was moved."))
    mine = ClientActivity.objects.filter(pk=activity.pk, relation=activity.relation_id, archival=None)
    if not _move_activities(mine, to.pk, by):
        raise Refusal(_("This is not here any more: somebody else deleted or moved it."))


def _lock(ids):
    """Waits for whoever archives one of them, and for another worker that moves to the same relation."""
    rows = Relation.objects.active().filter(pk__in=among(ids)).order_by("pk")
    return set(rows.select_for_update(no_key=True).values_list("pk", flat=True))


def _move_links(links, to, by):
    """A task that is linked with `to` already, or comes from two relations of the set, keeps one link with it."""
    there = TaskLink.objects.filter(task=OuterRef("task"), relation=to)
    turn = Window(RowNumber(), partition_by=F("task"), order_by=F("pk").asc())
    found = list(links.annotate(there=Exists(there), turn=turn).values_list("pk", "relation", "there", "turn"))
    doubled = [pk for pk, _relation, is_there, turn in found if is_there or turn > 1]
    moved = [pk for pk, _relation, is_there, turn in found if not is_there and turn == 1]
    history.record(TaskLink, doubled, by=by, because=BECAUSE, kind="-")
    gone = TaskLink.objects.filter(pk__in=among(doubled)).order_by()
    gone._raw_delete(gone.db)  # with its history row above; the ORM would write one a row
    _give(TaskLink, moved, to, by)
    return {relation for _pk, relation, _there, _turn in found}


def _move_activities(activities, to, by):
    """With the notes on them; attachments have no relation of their own."""
    found = dict(activities.values_list("pk", "relation"))
    on_them = Q(activity__in=among(found)) & Q(relation=F("activity__relation"), archival=None)
    notes = list(Note.objects.filter(on_them).values_list("pk", flat=True))
    _give(ClientActivity, list(found), to, by)
    _give(Note, notes, to, by)
    return set(found.values())


def _give(model, ids, to, by):
    model.objects.filter(pk__in=among(ids)).update(relation=to)
    history.record(model, ids, by=by, because=BECAUSE)
