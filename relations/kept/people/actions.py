"""Contacts and the persons they are: one record of a person, however many relations that person is contact at."""

from django.db import transaction
from django.utils.translation import gettext as _

from crm.core.refusals import Refusal
from relations import keeping
from relations.models import Person


@transaction.atomic
def save_contact(contact, *, by):
    """Save `contact` and its person, each when it is new or changed."""
    keeping.relation_to_change(contact.relation_id, by=by)
    keeping.refuse_archived(contact)
    if contact.pk is None and contact.person.pk and contact.same().exists():
        raise Refusal(_("This person is a contact of this relation already."))
    _save_person(contact.person, by)
    contact.person = contact.person  # takes the key of a new one
    return keeping.save(contact, by=by)


def _save_person(person, by):
    kept = Person.objects.select_for_update().filter(pk=person.pk).first()
    if person.pk and kept is None:
        raise Refusal(_("This person is not known any more. Search once more."))
    if kept is None or any(
        getattr(kept, f.attname) != getattr(person, f.attname) for f in Person._meta.concrete_fields
    ):
        keeping.save(person, by=by)
