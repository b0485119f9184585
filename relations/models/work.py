"""What happens around a relation: notes, activities, tasks, appointments, messages."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from archiving.models import Archivable, Erasable
from crm.core.models import SafeUploadTo
from crm.core.searching import search_column
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


class TaskKind(models.TextChoices):
    NORMAL = "normal", _("Task")
    SUPPORT = "support", _("Support task")


class Task(Erasable):
    """Linked to one or more relations through TaskLink; open until `done_at`."""

    subject = models.CharField(_("subject"), max_length=200)
    text = models.TextField(_("description"), blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=TaskKind, default=TaskKind.NORMAL)
    assignee = models.ForeignKey(
        EMPLOYEE, models.PROTECT, null=True, blank=True, related_name="tasks", verbose_name=_("assigned to")
    )
    due_on = models.DateField(_("due on"), null=True, blank=True)
    done_at = models.DateTimeField(_("done at"), null=True, blank=True)
    relations = models.ManyToManyField(Relation, through="TaskLink", related_name="tasks", verbose_name=_("relations"))
    search = search_column("subject")

    history = HistoricalRecords(excluded_fields=["search"])

    class Meta:
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        indexes = [
            models.Index(fields=["due_on", "id"], condition=Q(done_at=None), name="task_open_by_due"),
            GinIndex(fields=["search"], name="task_search"),
        ]

    def __str__(self):
        return self.subject


class TaskLink(models.Model):
    task = models.ForeignKey(Task, models.PROTECT, related_name="links", verbose_name=_("task"))
    relation = models.ForeignKey(Relation, models.PROTECT, related_name="task_links", verbose_name=_("relation"))

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("task link")
        verbose_name_plural = _("task links")
        constraints = [models.UniqueConstraint(fields=["task", "relation"], name="tasklink_once")]

    def __str__(self):
        return f"{self.task_id}–{self.relation_id}"


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
        indexes = [models.Index(fields=["relation", "starts_at"], name="appointment_by_relation")]
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
