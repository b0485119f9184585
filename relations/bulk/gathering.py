"""Putting the relations of a frozen set into a kept selection, or taking them out of it."""

from django.db.models import Exists, OuterRef, Value, When

from archiving.reach import among
from crm.jobs import settling
from crm.jobs.models import ItemState
from crm.jobs.operations import Result
from relations.models import Relation, Selection, SelectionMember
from relations.saved import selections

ADD, REMOVE = "add_to_selection", "remove_from_selection"
STATES = {"ERASED": ItemState.SKIPPED, "IN_SELECTION": ItemState.UNCHANGED, "NOT_IN_SELECTION": ItemState.UNCHANGED}


def plan_adding(job, *, selection, name, by):
    """Into `selection`, or when that is None into a new one called `name`, which is made when this is confirmed."""
    return settling.plan(
        job,
        settling.ERASED,
        When(_is_in(selection), then=Value("IN_SELECTION")),
        states=STATES,
        parameters={"selection": selection.pk if selection else None},
        prepare=None if selection else lambda _job: _new(name, by),
    )


def plan_removing(job, *, selection):
    return settling.plan(
        job,
        settling.ERASED,
        When(~_is_in(selection), then=Value("NOT_IN_SELECTION")),
        states=STATES,
        parameters={"selection": selection.pk},
    )


def run_adding(job, items):
    """One chunk, for crm.jobs.running."""
    return _run(job, items, selections.add, before="IN_SELECTION")


def run_removing(job, items):
    return _run(job, items, selections.remove, before="NOT_IN_SELECTION")


def of(employee):
    """The selections that `employee` may change."""
    return Selection.objects.editable_by(employee)


def _run(job, items, act, *, before):
    """Those that were so before the chunk are unchanged; the others are done."""
    selection = of(job.by).filter(pk=job.parameters["selection"]).first()
    if selection is None:
        return {item.pk: Result(ItemState.SKIPPED, "SELECTION_GONE") for item in items}
    relations = Relation.objects.not_erased().filter(pk__in=among(item.target_id for item in items))
    members = set(selection.members.filter(relation__in=relations.values("pk")).values_list("relation", flat=True))
    act(selection, relations, by=job.by)
    was_in = before == "IN_SELECTION"
    unchanged = Result(ItemState.UNCHANGED, before)
    return {item.pk: unchanged for item in items if (item.target_id in members) == was_in}


def _is_in(selection):
    return Exists(SelectionMember.objects.filter(selection=selection, relation=OuterRef("target")))


def _new(name, by):
    return {"selection": selections.create(name=name, relations=Relation.objects.none(), by=by).pk}
