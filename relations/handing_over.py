"""What is open in the name of an employee goes to a colleague, set-based: three statements a kind, however much it is.

What is done or past stays in the name of who did it: it is history (R107).
"""

from django.db.models import Case, CharField, Exists, F, OuterRef, Value, When
from django.db.models.functions import Concat, Left
from django.utils import timezone

from archiving import history
from archiving.reach import among
from relations.models import (
    SEEING,
    Appointment,
    ClientActivity,
    Relation,
    RelationUserPermission,
    SavedFilter,
    Selection,
    Task,
)

BECAUSE = "handed over: the employee left"
LONGEST_NAME = 80


def open_tasks(employee):
    return Task.objects.filter(assignee=employee, done_at=None)


def give_tasks(employee, *, to, by):
    return _give(open_tasks(employee), "assignee", to, by)


def managed_relations(employee):
    """An archived relation keeps the manager it had: nothing of it changes until it is restored (B12)."""
    return Relation.objects.active().filter(manager=employee)


def give_relations(employee, *, to, by):
    return _give(managed_relations(employee), "manager", to, by)


def open_activities(employee):
    return ClientActivity.objects.active().filter(owner=employee, done_at=None, relation__archival=None)


def give_activities(employee, *, to, by):
    return _give(open_activities(employee), "owner", to, by)


def coming_appointments(employee):
    return Appointment.objects.filter(employee=employee, starts_at__gte=timezone.now())


def give_appointments(employee, *, to, by):
    return _give(coming_appointments(employee), "employee", to, by)


def _give(rows, field, to, by):
    """Locked in the order of their keys, as everybody does who takes more than one."""
    ids = list(rows.order_by("pk").select_for_update(of=("self",)).values_list("pk", flat=True))
    if ids:
        rows.model.objects.filter(pk__in=among(ids)).update(**{field: to})
        history.record(rows.model, ids, by=by, because=BECAUSE)
    return len(ids)


def shared_filters(employee):
    return SavedFilter.objects.shared().filter(owner=employee)


def give_filters(employee, *, to, by):
    return _give_shared(shared_filters(employee), to)


def shared_selections(employee):
    return Selection.objects.shared().filter(owner=employee)


def give_selections(employee, *, to, by):
    return _give_shared(shared_selections(employee), to)


def _give_shared(rows, to):
    """One whose name the colleague has already gets its number behind it: names are unique for an owner."""
    same = rows.model.objects.filter(owner=to, name=OuterRef("name"))
    numbered = Concat(Left("name", LONGEST_NAME - 22), Value(" ("), F("pk"), Value(")"), output_field=CharField())
    name = Case(When(Exists(same), then=numbered), default=F("name"))
    return rows.update(owner=to, name=name, version=F("version") + 1)


def access_by_name(employee):
    """To restricted relations; what is seen through a group stays with the group."""
    return RelationUserPermission.objects.filter(user=employee, permission__codename=SEEING)


def give_access(employee, *, to, by):
    """Else a restricted relation might be left that nobody sees. Where the colleague has access already, a row goes."""
    rows, theirs = access_by_name(employee), access_by_name(to).values("content_object")
    double = list(rows.filter(content_object__in=theirs).values_list("pk", flat=True))
    if double:
        history.record(RelationUserPermission, double, by=by, because=BECAUSE, kind="-")
        RelationUserPermission.objects.filter(pk__in=among(double))._raw_delete(rows.db)
    return len(double) + _give(rows.all(), "user", to, by)
