"""Appointments: of an archived relation they stay (R15) and can be moved, but none is added."""

from django.db import transaction

from crm.core.refusals import require
from relations import keeping
from relations.keeping import refuse_unless_active
from relations.models import Appointment, Relation
from relations.rights import CHANGE


@transaction.atomic
def add_appointment(appointment, *, by):
    _relation_to_meet(appointment, by)
    return keeping.save(appointment, by=by)


@transaction.atomic
def change_appointment(appointment, *, by):
    """Save it as changed; with another relation than before, that one must be active (R18)."""
    require(by, CHANGE)
    if Appointment.objects.filter(pk=appointment.pk).exclude(relation=appointment.relation_id).exists():
        _relation_to_meet(appointment, by)
    return keeping.save(appointment, by=by)


def _relation_to_meet(appointment, by):
    require(by, CHANGE)
    refuse_unless_active(Relation.objects.select_for_update(no_key=True).get(pk=appointment.relation_id))
