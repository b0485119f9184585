"""Finding a person who is known already, before somebody types the same one in anew."""

from django.db.models import Prefetch

from crm.core import searching
from relations.models import Contact, Person, Relation
from relations.sight import seen_by

SHOWN = 20


def fitting(text, *, relation, by):
    """The first persons with these starts of words in name, e-mail address or number, as far as `by` may see them.

    Each `.at`: contacts at active relations; `.is_here`: is contact at `relation` already.
    """
    shown = Relation.objects.selectable().visible_to(by)
    contacts = Contact.objects.filter(archival=None, former_since=None, relation__in=shown)
    contacts = contacts.select_related("relation").order_by("relation__name", "pk")
    keys = searching.first_keys(seen_by(by, Person.objects.filter(searching.fitting(text))))
    found = list(
        Person.objects.filter(pk__in=keys).prefetch_related(Prefetch("contacts", contacts, to_attr="at"))[:SHOWN]
    )
    for person in found:
        person.is_here = any(contact.relation_id == relation.pk for contact in person.at)
    return found


def elsewhere(contact, *, by):
    """The other active relations where the person is contact: what changes of the person is seen there too."""
    others = Contact.objects.filter(person=contact.person_id, archival=None).exclude(relation=contact.relation_id)
    shown = Relation.objects.selectable().visible_to(by)
    return shown.filter(contacts__in=others).distinct().order_by("name", "pk")
