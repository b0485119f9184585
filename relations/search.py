"""What of relations is found by the search of the whole site: relations, persons, tasks and documents."""

from urllib.parse import urlencode

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, OuterRef, Q, Value, When
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.core.search import Hit, Kind, register
from crm.core.searching import first_keys, there_is
from relations.models import Contact, DossierItem, Person, Relation, RelationVisit, Task, TaskLink
from relations.presenting import Badge, archive_badges
from relations.rights import VIEW
from relations.sight import seen_by

NAMED = 3  # relations of a task
MOST_WITHHELD = 500  # keys in a query


def shown(search):
    """The relations that may turn up at all."""
    return mentioned(search) if search.archived else mentioned(search).active()


def mentioned(search):
    """The relations that may be named, be it by what belongs to another."""
    return Relation.objects.not_erased().exclude(pk__in=_withheld(search))


def _withheld(search):
    """Keys of the few, asked once: ten times the question itself would cost the planner more than the answers."""
    if "withheld" not in search.known:
        withheld = Relation.objects.withheld_from(search.employee).values_list("pk", flat=True)
        keys = list(withheld[: MOST_WITHHELD + 1])
        search.known["withheld"] = keys if len(keys) <= MOST_WITHHELD else withheld
    return search.known["withheld"]


def of_relations(search, limit):
    """By number first: the whole of it, its start; then by what else fits, in order of name."""
    exactly = shown(search).filter(number=search.text)  # never lost among more than are looked at
    numbered = shown(search).filter(number__startswith=search.text)
    named = shown(search).alias(folded=Lower("name")).filter(folded__startswith=search.text.lower())
    fitting = named if search.is_short else shown(search).filter(search.fits())
    keys = first_keys(exactly, numbered, fitting)
    found = Relation.objects.filter(pk__in=keys).annotate(nearness=nearness(search.text))
    return [_relation_hit(relation) for relation in found.order_by("nearness", Lower("name"), "pk")[:limit]]


def seen_lately(search, limit):
    """The relations whose page the employee opened last; those in the archive only when they are asked for."""
    visits = seen_by(search.employee, RelationVisit.objects.lately(search.employee))
    visits = visits if search.archived else visits.filter(relation__archival=None)
    return [_relation_hit(visit.relation) for visit in visits[:limit]]


def _relation_hit(relation):
    text = _joined(relation.number, relation.city)
    return Hit(relation.name, relation.get_absolute_url(), text, archive_badges(relation))


def nearness(text):
    """0 for the row with exactly this number, 1 for a number that starts so, 2 for others."""
    return Case(When(number=text, then=Value(0)), When(number__startswith=text, then=Value(1)), default=Value(2))


def of_persons(search, limit):
    """As contacts: a person once for each relation, where one gets to it."""
    if search.is_short:
        return []
    contacts = Contact.objects.filter(there_is(shown(search).filter(pk=OuterRef("relation"))))
    if not search.archived:
        contacts = contacts.filter(archival=None)
    somewhere = there_is(contacts.filter(person=OuterRef("pk")))
    contacts = contacts.filter(person__in=first_keys(Person.objects.filter(search.fits()).filter(somewhere)))
    contacts = contacts.select_related("person", "relation").order_by("person__family_name", "person__given_name", "pk")
    return [_contact_hit(contact) for contact in contacts[:limit]]


def _contact_hit(contact):
    url = reverse("relations:relation_tab", args=[contact.relation_id, "contactpersonen"])
    badges = archive_badges(contact.relation)
    if contact.former_since:
        badges = [*badges, Badge(_("former"))]
    return Hit(str(contact.person), url, _joined(contact.function, contact.relation.name), badges)


def of_tasks(search, limit):
    """The newest first. A task stays when its relation is archived, and is then found like that relation (R14)."""
    if search.is_short:
        return []
    links = TaskLink.objects.filter(task=OuterRef("pk"))
    seen = links.filter(relation__in=shown(search).values("pk"))
    somewhere = Q(there_is(seen)) | ~Q(there_is(links))
    tasks = Task.objects.filter(pk__in=first_keys(Task.objects.filter(search.fits()).filter(somewhere)))
    names = ArraySubquery(seen.order_by("relation__name").values("relation__name")[:NAMED])
    return [
        Hit(task.subject, reverse("relations:task", args=[task.pk]), ", ".join(task.names), _task_badges(task))
        for task in tasks.annotate(names=names).order_by("-pk")[:limit]
    ]


def _task_badges(task):
    return [Badge(_("done"), "ok")] if task.done_at else []


def of_documents(search, limit):
    if search.is_short:
        return []
    somewhere = there_is(shown(search).filter(pk=OuterRef("relation")))
    keys = first_keys(DossierItem.objects.filter(search.fits()).filter(somewhere))
    items = DossierItem.objects.filter(pk__in=keys).select_related("relation")
    return [_document_hit(item) for item in items.order_by("-added_at", "-pk")[:limit]]


def _document_hit(item):
    url = reverse("relations:relation_tab", args=[item.relation_id, "dossier"])
    return Hit(item.title, url, item.relation.name, archive_badges(item.relation))


def _relation_list(search):
    return f"{reverse('relations:relation_list')}?{urlencode({'q': search.text})}"


def _joined(*parts):
    return " · ".join(part for part in parts if part)


register(
    Kind(
        "relations",
        gettext_lazy("Relations"),
        of_relations,
        VIEW,
        order=10,
        more=_relation_list,
        recent=seen_lately,
        recent_title=gettext_lazy("Seen lately"),
    )
)
register(Kind("persons", gettext_lazy("Persons"), of_persons, VIEW, order=20))
register(Kind("tasks", gettext_lazy("Tasks"), of_tasks, VIEW, order=40))
register(Kind("documents", gettext_lazy("Documents"), of_documents, VIEW, order=50))
