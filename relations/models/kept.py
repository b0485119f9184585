"""What is kept about a relation: links, contracts, documents, reports, functions."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from archiving.models import Archivable
from crm.core.models import SafeUploadTo
from crm.core.searching import search_column
from relations.models.relations import Relation


class LinkKind(models.TextChoices):
    PARENT = "parent", _("Parent company of")
    PARTNER = "partner", _("Partner of")
    ADVISER = "adviser", _("Adviser of")
    FAMILY = "family", _("Family of")


MUTUAL = [LinkKind.PARTNER, LinkKind.FAMILY]  # what the one is of the other, the other is of the one


class RelationLink(Archivable):
    """`from_relation` is the `kind` of `to_relation`."""

    from_relation = models.ForeignKey(
        Relation, models.PROTECT, related_name="links_from", verbose_name=_("from relation")
    )
    to_relation = models.ForeignKey(Relation, models.PROTECT, related_name="links_to", verbose_name=_("to relation"))
    kind = models.CharField(_("kind"), max_length=10, choices=LinkKind)
    since = models.DateField(_("since"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("link with another relation")
        verbose_name_plural = _("links with other relations")
        constraints = [
            models.UniqueConstraint(fields=["from_relation", "to_relation", "kind"], name="relationlink_once"),
            models.CheckConstraint(
                condition=~Q(from_relation=F("to_relation")),
                name="relationlink_two_relations",
                violation_error_message=_("Choose another relation to link with."),
            ),
        ]

    def __str__(self):
        return self.get_kind_display()

    def other_than(self, relation):
        return self.to_relation if self.from_relation_id == relation.pk else self.from_relation

    def same(self):
        """Other rows that say what this one says."""
        said = Q(from_relation=self.from_relation_id, to_relation=self.to_relation_id)
        if self.kind in MUTUAL:
            said |= Q(from_relation=self.to_relation_id, to_relation=self.from_relation_id)
        return RelationLink.objects.filter(said, kind=self.kind).exclude(pk=self.pk)


class Contract(Archivable):
    relation = models.ForeignKey(Relation, models.PROTECT, related_name="contracts", verbose_name=_("relation"))
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("text"), blank=True)
    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    ends_on = models.DateField(_("ends on"), null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("contract")
        verbose_name_plural = _("contracts")

    def __str__(self):
        return self.title


class ReportReference(models.Model):
    """Says where a report is; the report itself is a file elsewhere and stays (R28)."""

    relation = models.ForeignKey(Relation, models.PROTECT, related_name="reports", verbose_name=_("relation"))
    title = models.CharField(_("title"), max_length=200)
    location = models.CharField(_("where the report is"), max_length=300)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")

    def __str__(self):
        return self.title


class DossierItem(models.Model):
    """A document in a relation's dossier: an own upload (`file`) or a reference to a file elsewhere (`location`)."""

    relation = models.ForeignKey(Relation, models.PROTECT, related_name="dossier_items", verbose_name=_("relation"))
    title = models.CharField(_("title"), max_length=200)
    file = models.FileField(_("file"), upload_to=SafeUploadTo("dossier"), max_length=200, blank=True)
    location = models.CharField(_("where the file is"), max_length=300, blank=True)
    owner = models.ForeignKey(
        Relation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="owned_dossier_items",
        verbose_name=_("owner"),
        help_text=_("The relation the document belongs to, when that is another one."),
    )
    added_at = models.DateTimeField(_("added at"), auto_now_add=True)
    shared_at = models.DateTimeField(  # empty: only the office sees it
        _("shared with the customer at"), null=True, blank=True, editable=False
    )
    search = search_column("title")

    history = HistoricalRecords(excluded_fields=["search"])

    class Meta:
        verbose_name = _("dossier item")
        verbose_name_plural = _("dossier items")
        indexes = [GinIndex(fields=["search"], name="dossieritem_search")]

    def __str__(self):
        return self.title


class SbrOrigin(models.TextChoices):
    OWN = "own", _("Own SBR")
    VISIONPLANNER = "visionplanner", _("Visionplanner")


class SbrReport(models.Model):
    """A filed report; one that came from Visionplanner survives its relation, without the link (R30)."""

    relation = models.ForeignKey(
        Relation, models.PROTECT, null=True, blank=True, related_name="sbr_reports", verbose_name=_("relation")
    )
    kind = models.CharField(_("kind"), max_length=60)
    period = models.CharField(_("period"), max_length=20)
    origin = models.CharField(_("origin"), max_length=14, choices=SbrOrigin, default=SbrOrigin.OWN)
    payload = models.JSONField(_("contents"), default=dict, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("SBR report")
        verbose_name_plural = _("SBR reports")

    def __str__(self):
        return f"{self.kind} {self.period}"


class FunctionAssignment(models.Model):
    relation = models.ForeignKey(
        Relation, models.PROTECT, related_name="function_assignments", verbose_name=_("relation")
    )
    function = models.CharField(_("function"), max_length=80)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("function assignment")
        verbose_name_plural = _("function assignments")
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="functionassignment_ends_after_it_starts",
                violation_error_message=_("The end date lies before the start date."),
            )
        ]

    def __str__(self):
        return self.function
