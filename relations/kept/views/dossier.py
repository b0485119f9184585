"""Adding and editing activities, messages, documents and reports."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from relations.kept import dossier_forms as forms
from relations.kept.activities import actions as activities
from relations.kept.pages import Kind, editing, form_page, kept_at, relation_at
from relations.models import ClientActivity, DossierItem, Message, ReportReference


def activity_page(activity):
    """An activity has a page of its own: there one goes on."""
    return reverse("relations:activity", args=[activity.pk])


ACTIVITY = Kind(
    forms.ActivityForm,
    "activiteiten",
    _("New activity"),
    _("Edit activity"),
    _("The activity has been saved."),
    save=activities.keep,
    then=activity_page,
)
MESSAGE = Kind(forms.MessageForm, "berichten", _("New message"), _("Edit message"), _("The message has been saved."))
DOCUMENT = Kind(forms.DocumentForm, "dossier", _("New document"), _("Edit document"), _("The document has been saved."))
REPORT = Kind(forms.ReportForm, "rapporten", _("New report"), _("Edit report"), _("The report has been saved."))


@editing
def activity_new(request, pk):
    return form_page(request, ClientActivity(relation=relation_at(request, pk)), ACTIVITY)


@editing
def activity_edit(request, pk):
    record = kept_at(request, ClientActivity, pk)
    return form_page(request, record, ACTIVITY, cancel=activity_page(record))


@editing
def message_new(request, pk):
    return form_page(request, Message(relation=relation_at(request, pk)), MESSAGE)


@editing
def message_edit(request, pk):
    return form_page(request, kept_at(request, Message, pk), MESSAGE)


@editing
def document_new(request, pk):
    return form_page(request, DossierItem(relation=relation_at(request, pk)), DOCUMENT)


@editing
def document_edit(request, pk):
    return form_page(request, kept_at(request, DossierItem, pk), DOCUMENT)


@editing
def report_new(request, pk):
    return form_page(request, ReportReference(relation=relation_at(request, pk)), REPORT)


@editing
def report_edit(request, pk):
    return form_page(request, kept_at(request, ReportReference, pk), REPORT)
