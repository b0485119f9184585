"""An import of relations from a file: first a dry run, then all of it or nothing, then possibly undone."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from relations.models.relations import Relation


class RelationImportQuerySet(models.QuerySet):
    def open(self):
        return self.filter(executed_at=None)

    def executed(self):
        return self.exclude(executed_at=None)

    def made_by(self, employee):
        """Theirs alone to see and to go on with; one from the command line is shown to nobody."""
        return self.filter(by=employee)


class RelationImport(models.Model):
    """One file. Open until `executed_at`; its rows hold what was read until then, afterwards only what undo needs."""

    by = models.ForeignKey(  # empty: from the command line
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("at"), auto_now_add=True)
    columns = models.JSONField(_("columns of the file"), default=list)
    mapping = models.JSONField(_("mapping"), default=dict, blank=True)  # {"0": "name"}; empty until somebody chose
    counts = models.JSONField(_("rows per outcome"), default=dict, blank=True)
    executed_at = models.DateTimeField(_("imported at"), null=True, blank=True)
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True)

    objects = RelationImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-pk"]

    def __str__(self):
        return str(self.pk)

    def get_absolute_url(self):
        return reverse("relations:import_page", args=[self.pk])

    @property
    def is_checked(self):
        return bool(self.mapping)

    @property
    def is_executed(self):
        return self.executed_at is not None

    @property
    def is_undone(self):
        return self.undone_at is not None

    @property
    def writes(self):
        """How many relations it adds or changes."""
        return self.counts.get(RowOutcome.NEW, 0) + self.counts.get(RowOutcome.CHANGED, 0)

    @property
    def errors(self):
        return self.counts.get(RowOutcome.ERROR, 0)


class RowOutcome(models.TextChoices):
    NEW = "new", _("New")
    CHANGED = "changed", _("Changed")
    UNCHANGED = "unchanged", _("Unchanged")
    ERROR = "error", _("Error")


class RelationImportRow(models.Model):
    """One line of the file. `relation` is the one it makes, changes or collides with."""

    source = models.ForeignKey(RelationImport, models.CASCADE, related_name="rows", verbose_name=_("import"))
    line = models.PositiveIntegerField(_("line in the file"))
    outcome = models.CharField(_("outcome"), max_length=10, choices=RowOutcome, blank=True)
    error = models.TextField(_("error"), blank=True)  # never quotes a value: it outlives the cells
    cells = models.JSONField(_("cells"), default=list)
    before = models.JSONField(_("values before"), default=dict)
    after = models.JSONField(_("values after"), default=dict)
    relation = models.ForeignKey(
        Relation, models.PROTECT, null=True, blank=True, related_name="import_rows", verbose_name=_("relation")
    )

    class Meta:
        verbose_name = _("row of an import")
        verbose_name_plural = _("rows of imports")
        ordering = ["line"]
        constraints = [models.UniqueConstraint(fields=["source", "line"], name="importrow_line_once")]

    def __str__(self):
        return str(self.line)
