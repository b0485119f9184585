"""What happens around a relation: notes, activities, appointments, messages."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from archiving.models import Archivable
from crm.core.models import SafeUploadTo
from relations.models.relations import Relation

EMPLOYEE = settings.AUTH_USER_MODEL


class ActivityKind(models.TextChoices):
    CALL = "call", _("Phone call")
    VISIT = "visit", _("Visit")
    SERVICE = "service", _("Service")
    SALES = "sales", _("Sales")
    MAILING = "mailing", _("Mailing")


class ClientActivity(Archivable):
    relation = models.ForeignKey(
        Relation, models.PROTECT, related_name="activities", db_index=False, verbose_name=_("relation")
    )
    subject = models.CharField(_("subject"), max_length=200)
    kind = models.CharField(_("kind"), max_length=10, choices=ActivityKind, default=ActivityKind.CALL)
    text = models.TextField(_("description"), blank=True)
    owner = models.ForeignKey(EMPLOYEE, models.PROTECT, related_name="activities", verbose_name=_("owner"))
    due_on = models.DateField(_("due on"), null=True, blank=True)
    done_at = models.DateTimeField(_("done at"), null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("client activity")
        verbose_name_plural = _("client activities")
        indexes = [models.Index(fields=["relation", "done_at"], name="clientactivity_by_relation")]

    def __str__(self):
        return self.subject


class ActivityAttachment(models.Model):
    activity = models.ForeignKey(
        ClientActivity, models.PROTECT, related_name="attachments", verbose_name=_("client activity")
    )
    name = models.CharField(_("name"), max_length=200)
    file = models.FileField(_("file"), upload_to=SafeUploadTo("attachments"), max_length=200)

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")

    def __str__(self):
        return self.name


class Note(Archivable):
    relation = models.ForeignKey(
        Relation, models.PROTECT, related_name="notes", db_index=False, verbose_name=_("relation")
    )
    activity = models.ForeignKey(
        ClientActivity, models.PROTECT, null=True, blank=True, related_name="notes", verbose_name=_("client activity")
    )
    text = models.TextField(_("text"))
    author = models.ForeignKey(EMPLOYEE, models.PROTECT, related_name="notes", verbose_name=_("author"))
    at = models.DateTimeField(_("at"), auto_now_add=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        indexes = [models.Index(fields=["relation", "at"], name="note_by_relation")]

    def __str__(self):
        return self.text[:60]


class Appointment(models.Model):
    relation = models.ForeignKey(
        Relation, models.PROTECT, related_name="appointments", db_index=False, verbose_name=_("relation")
    )
    subject = models.CharField(_("subject"), max_length=200)
    place = models.CharField(_("place"), max_length=120, blank=True)
    starts_at = models.DateTimeField(_("starts at"))
    ends_at = models.DateTimeField(_("ends at"))
    attendees = models.TextField(_("attendees"), blank=True)
    employee = models.ForeignKey(EMPLOYEE, models.PROTECT, related_name="appointments", verbose_name=_("employee"))

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        indexes = [
            models.Index(fields=["relation", "starts_at"], name="appointment_by_relation"),
            models.Index(fields=["employee", "starts_at"], name="appointment_by_employee"),
            models.Index(fields=["starts_at"], name="appointment_by_start"),  # the agenda of the whole team
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gte=F("starts_at")),
                name="appointment_ends_after_it_starts",
                violation_error_message=_("The appointment ends before it starts."),
            )
        ]

    def __str__(self):
        return self.subject


class MessageDirection(models.TextChoices):
    IN = "in", _("Received")
    OUT = "out", _("Sent")


class Message(models.Model):
    relation = models.ForeignKey(
        Relation, models.PROTECT, related_name="messages", db_index=False, verbose_name=_("relation")
    )
    direction = models.CharField(_("direction"), max_length=3, choices=MessageDirection)
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("text"), blank=True)
    at = models.DateTimeField(_("at"))

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        indexes = [models.Index(fields=["relation", "at"], name="message_by_relation")]

    def __str__(self):
        return self.subject
