"""Tasks and the relations they are linked to."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from archiving.models import Erasable
from crm.core.searching import search_column
from relations.models.relations import Relation


class TaskKind(models.TextChoices):
    NORMAL = "normal", _("Task")
    SUPPORT = "support", _("Support task")


class Rhythm(models.TextChoices):
    WEEK = "week", _("every week")
    MONTH = "month", _("every month")
    QUARTER = "quarter", _("every quarter")
    YEAR = "year", _("every year")


class Task(Erasable):
    """Linked to one or more relations through TaskLink; open until `done_at`.

    One with a `rhythm` is the `turn`-th of a `series` that began on `series_start`; the next one is made when it is
    finished (relations/work/recurrence.py). What hangs under a task is part of its row, so that it goes wherever the
    task goes: `checklist` is a list of {"key", "text", "done"}, `references` one of {"key", "document"} or
    {"key", "title", "location"}.
    """

    subject = models.CharField(_("subject"), max_length=200)
    text = models.TextField(_("description"), blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=TaskKind, default=TaskKind.NORMAL)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="tasks",
        verbose_name=_("assigned to"),
    )
    due_on = models.DateField(_("due on"), null=True, blank=True)
    done_at = models.DateTimeField(_("done at"), null=True, blank=True)
    checklist = models.JSONField(_("checklist"), default=list, blank=True)
    references = models.JSONField(_("references"), default=list, blank=True)
    rhythm = models.CharField(_("repeats"), max_length=10, choices=Rhythm, blank=True)
    repeats_until = models.DateField(_("repeats until"), null=True, blank=True)
    series = models.UUIDField(_("series"), null=True, blank=True, editable=False)
    series_start = models.DateField(_("start of the series"), null=True, blank=True, editable=False)
    turn = models.PositiveIntegerField(_("turn in the series"), default=0, editable=False)
    relations = models.ManyToManyField(Relation, through="TaskLink", related_name="tasks", verbose_name=_("relations"))

    search = search_column("subject")

    history = HistoricalRecords(excluded_fields=["search"])

    class Meta:
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        indexes = [
            models.Index(fields=["due_on", "id"], condition=Q(done_at=None), name="task_open_by_due"),
            models.Index(fields=["assignee", "due_on"], condition=Q(done_at=None), name="task_open_by_assignee"),
            GinIndex(fields=["search"], name="task_search"),
        ]
        constraints = [
            # the next one of a series is made exactly once, whoever finishes this one however often
            models.UniqueConstraint(fields=["series", "turn"], name="task_one_a_turn"),
            models.CheckConstraint(
                condition=Q(rhythm="") | Q(due_on__isnull=False),
                name="task_that_repeats_is_due",
                violation_error_message=_("A task that repeats needs a day on which it is due."),
            ),
        ]

    def __str__(self):
        return self.subject

    @property
    def items_done(self):
        return sum(item["done"] for item in self.checklist)


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
