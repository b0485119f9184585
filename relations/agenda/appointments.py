"""Appointments: of an archived relation they stay (R15) and can be moved, but none is added."""

from django.db import transaction

from crm.core.refusals import require
from relations import keeping
from relations.models import Appointment
from relations.rights import CHANGE


@transaction.atomic
def add_appointment(appointment, *, by):
    keeping.relation_to_change(appointment.relation_id, by=by)
    return keeping.save(appointment, by=by)


@transaction.atomic
def change_appointment(appointment, *, by):
    """Save it as changed; with another relation than before, that one must be active (R18)."""
    require(by, CHANGE)
    if Appointment.objects.filter(pk=appointment.pk).exclude(relation=appointment.relation_id).exists():
        keeping.relation_to_change(appointment.relation_id, by=by)
    return keeping.save(appointment, by=by)
