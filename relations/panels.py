"""The tabs of a relation's page that show what relations itself keeps. Rows archived by themselves are hidden while the
relation is active; an archived relation shows what was archived with it."""

from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crm.core.panels import Panel, register
from relations.kept.activities import parts as activity_parts
from relations.models import DossierItem, RelationLink
from relations.record import history
from relations.rights import CHANGE

ALWAYS = {"contactpersonen", "notities", "activiteiten", "afspraken", "dossier"}  # tabs also while they are empty


def _current(rows, record):
    return rows.filter(archival=None) if record.is_active else rows


def contacts(record):
    """Those of the present first."""
    present_first = F("former_since").asc(nulls_first=True)
    rows = record.contacts.select_related("person")
    rows = rows.order_by(present_first, "person__family_name", "person__given_name", "pk")
    return _current(rows, record)


def notes(record):
    return _current(record.notes.select_related("author", "activity").order_by("-at", "-pk"), record)


def activities(record):
    rows = record.activities.select_related("owner").order_by("-done_at", "-due_on", "-pk")
    return _current(rows, record)


def tasks(record):
    return record.tasks.select_related("assignee").order_by("-done_at", "due_on", "-pk")


def appointments(record):
    return record.appointments.select_related("employee").order_by("-starts_at", "-pk")


def messages(record):
    return record.messages.order_by("-at", "-pk")


def contracts(record):
    return _current(record.contracts.order_by("-starts_on", "-pk"), record)


def links(record):
    rows = RelationLink.objects.filter(Q(from_relation=record) | Q(to_relation=record))
    return _current(rows.select_related("from_relation", "to_relation").order_by("-since", "-pk"), record)


def reports(record):
    return record.reports.order_by("-pk")


def dossier_items(record):
    """The relation's own dossier, and what it owns in the dossiers of others (R76)."""
    elsewhere = Q(owner=record, relation__restricted=False)  # the owner's page tells nothing of a restricted relation
    rows = DossierItem.objects.filter(Q(relation=record) | elsewhere)
    return rows.select_related("relation", "owner").order_by("-added_at", "-pk")


def sbr_reports(record):
    return record.sbr_reports.order_by("-pk")


def functions(record):
    return record.function_assignments.order_by("-since", "-pk")


def changes(record):
    return record.history.all()


def _task_actions(record, user):
    if not may_add(record, user):
        return []
    return [
        (_("New task"), f"{reverse('relations:task_new')}?relatie={record.pk}"),
        (_("New support task"), f"{reverse('relations:support_task_new')}?relatie={record.pk}"),
    ]


def _appointment_actions(record, user):
    if not may_add(record, user):
        return []
    return [(_("New appointment"), f"{reverse('relations:appointment_new')}?relatie={record.pk}")]


def _adding(button):
    """The button in the head of a panel: `button` is (label, name of the page where one is added), or None."""
    if button is None:
        return None
    label, page = button
    return lambda record, user: [(label, reverse(page, args=[record.pk]))] if may_add(record, user) else []


def may_add(record, user):
    return record.is_active and user.has_perm(CHANGE)


for order, key, title, rows, button in [
    (10, "contactpersonen", _("Contacts"), contacts, (_("New contact"), "relations:contact_new")),
    (12, "notities", _("Notes"), notes, (_("New note"), "relations:note_new")),
    (14, "activiteiten", _("Activities"), activities, (_("New activity"), "relations:activity_new")),
    (20, "berichten", _("Messages"), messages, (_("New message"), "relations:message_new")),
    (60, "contracten", _("Contracts"), contracts, (_("New contract"), "relations:contract_new")),
    (62, "koppelingen", _("Links"), links, (_("New link"), "relations:link_new")),
    (64, "rapporten", _("Reports"), reports, (_("New report"), "relations:report_new")),
    (66, "dossier", _("Dossier"), dossier_items, (_("New document"), "relations:document_new")),
    (68, "sbr-rapporten", _("SBR reports"), sbr_reports, None),
    (70, "functies", _("Functions"), functions, (_("New function"), "relations:function_new")),
]:
    template = f"relations/panels/{key.replace('-', '_')}.html"
    register(Panel(key, title, rows, template, order, _adding(button), always=key in ALWAYS))

register(
    Panel(
        "afspraken",
        _("Appointments"),
        appointments,
        "relations/panels/afspraken.html",
        order=18,
        actions=_appointment_actions,
        always=True,
    )
)
register(Panel("taken", _("Tasks"), tasks, "relations/panels/taken.html", 16, _task_actions, always=True))
register(
    Panel(
        "wijzigingen",
        _("Changes"),
        changes,
        "relations/panels/wijzigingen.html",
        order=90,
        counted=False,
        present=history.changes,
    )
)


activity_parts.register(
    activity_parts.Part(
        "bijlagen",
        _("Attachments"),
        lambda activity: activity.attachments.order_by("name", "pk"),
        "relations/kept/activities/parts/bijlagen.html",
        order=10,
    )
)
activity_parts.register(
    activity_parts.Part(
        "notities",
        _("Notes"),
        lambda activity: (
            activity.notes.filter(relation=activity.relation_id).select_related("author").order_by("-at", "-pk")
        ),
        "relations/kept/activities/parts/notities.html",
        order=20,
    )
)
