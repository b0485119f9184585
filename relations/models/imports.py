"""An import of relations from a file: first a dry run, then all of it or nothing, then possibly undone."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from relations.models.relations import Relation


class RelationImport(models.Model):
    """One file. Open until `executed_at`; its rows hold what was read until then, afterwards only what undo needs."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), auto_now_add=True)
    columns = models.JSONField(_("columns of the file"), default=list)
    mapping = models.JSONField(_("mapping"), default=dict, blank=True)
    executed_at = models.DateTimeField(_("imported at"), null=True, blank=True)
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-pk"]

    def __str__(self):
        return str(self.pk)


class RowOutcome(models.TextChoices):
    NEW = "new", _("New")
    CHANGED = "changed", _("Changed")
    UNCHANGED = "unchanged", _("Unchanged")
    ERROR = "error", _("Error")


class RelationImportRow(models.Model):
    source = models.ForeignKey(RelationImport, models.CASCADE, related_name="rows", verbose_name=_("import"))
    line = models.PositiveIntegerField(_("line in the file"))
    outcome = models.CharField(_("outcome"), max_length=10, choices=RowOutcome, blank=True)
    error = models.TextField(_("error"), blank=True)
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
