"""The relation itself, what it is called, where it lives, and who looks after it."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from archiving.erasure import numbers
from archiving.models import Archivable, ArchivableQuerySet, Erasable, Erasure
from crm.core.searching import fitting, phone_digits, search_column
from relations.models.access import Restricted, RestrictedQuerySet

ERASED_NAME = "Verwijderd"


class RelationKind(models.TextChoices):
    ORGANISATION = "organisation", _("Organisation")
    PERSON = "person", _("Person")


class RelationStatus(models.TextChoices):
    PROSPECT = "prospect", _("Prospect")
    CLIENT = "client", _("Client")
    FORMER = "former", _("Former")


class Tag(models.Model):
    name = models.CharField(_("name"), max_length=60, unique=True)

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["name"]

    def __str__(self):
        return self.name


class RelationQuerySet(RestrictedQuerySet, ArchivableQuerySet):
    def archived(self):
        """In the archive: archived and not erased."""
        return self.exclude(archival=None).filter(erasure=None)

    def not_erased(self):
        return self.filter(erasure=None)

    def selectable(self):
        """What every picker offers: active relations only (R18)."""
        return self.active()

    def matching(self, text):
        """Quick search by the start of words in name, number, e-mail, KvK and phone number; every word must match.

        Blank text filters nothing; text in which there is nothing to search for, like "&", finds nothing.
        """
        return self.filter(fitting(text)) if text.strip() else self


class Relation(Restricted, Erasable, Archivable):
    """An organisation or person the office works for. Active, archived (`archival`) or erased (`erasure`)."""

    number = models.CharField(_("number"), max_length=40, unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=RelationKind, default=RelationKind.ORGANISATION)
    name = models.CharField(_("name"), max_length=200)
    legal_form = models.CharField(_("legal form"), max_length=40, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=RelationStatus, default=RelationStatus.CLIENT)
    former_since = models.DateField(_("former since"), null=True, blank=True)
    manager = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="managed_relations",
        verbose_name=_("relation manager"),
    )
    tags = models.ManyToManyField(Tag, through="RelationTag", blank=True, verbose_name=_("tags"))
    invoice_debtor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="debtor_for", verbose_name=_("invoice debtor")
    )

    street = models.CharField(_("street and number"), max_length=120, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=12, blank=True)
    city = models.CharField(_("city"), max_length=80, blank=True)
    country = models.CharField(_("country"), max_length=60, blank=True)
    mail_street = models.CharField(_("postal address"), max_length=120, blank=True)
    mail_postal_code = models.CharField(_("postal code of the postal address"), max_length=12, blank=True)
    mail_city = models.CharField(_("city of the postal address"), max_length=80, blank=True)

    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("phone number"), max_length=30, blank=True)
    mobile = models.CharField(_("mobile number"), max_length=30, blank=True)
    website = models.URLField(_("website"), blank=True)

    kvk_number = models.CharField(_("KvK number"), max_length=12, blank=True)
    vat_number = models.CharField(_("VAT number"), max_length=20, blank=True)
    iban = models.CharField(_("IBAN"), max_length=34, blank=True)
    citizen_service_number = models.CharField(_("citizen service number"), max_length=12, blank=True)
    birth_date = models.DateField(_("date of birth"), null=True, blank=True)

    newsletter = models.BooleanField(_("receives the newsletter"), default=False)
    opted_out_at = models.DateTimeField(_("opted out at"), null=True, blank=True)
    free_fields = models.JSONField(_("free fields"), default=dict, blank=True)
    restricted = models.BooleanField(_("restricted"), default=False)

    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    erasure = models.ForeignKey(
        Erasure,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        db_index=False,
        related_name="+",
        verbose_name=_("erasure"),
    )
    search = search_column("name", "number", "email", "kvk_number", phone_digits("phone"), phone_digits("mobile"))

    objects = RelationQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search"], m2m_fields=[])

    class Meta:
        verbose_name = _("relation")
        verbose_name_plural = _("relations")
        permissions = [
            ("archive_relation", _("Can archive relations")),
            ("restore_relation", _("Can restore archived relations")),
            ("erase_relation", _("Can erase archived relations for good")),
            ("import_relation", _("Can import relations")),
            ("restrict_relation", _("Can decide who sees a relation")),
        ]
        indexes = [
            # counts the list; archiving pays for it with a new version of one row a relation, not of its children
            models.Index(fields=["id"], condition=Q(archival=None), name="relation_active"),
            models.Index(Lower("name"), "id", name="relation_by_name"),
            models.Index(Lower("city"), "id", name="relation_by_city"),
            models.Index(fields=["status", "id"], name="relation_by_status"),
            GinIndex(fields=["search"], name="relation_search"),
            # what every list leaves out is found here: a handful, however many relations there are
            models.Index(fields=["id"], condition=Q(restricted=True), name="relation_restricted"),
            # counts what a filter on these lets through without reading the rows, which are ten times as wide
            models.Index(
                fields=["id"],
                include=[
                    "kind",
                    "status",
                    "former_since",
                    "manager",
                    "restricted",
                    "newsletter",
                    "opted_out_at",
                    "birth_date",
                    "created_at",
                    "invoice_debtor",
                ],
                condition=Q(archival=None),
                name="relation_facts",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status=RelationStatus.FORMER, former_since__isnull=False)
                | ~Q(status=RelationStatus.FORMER) & Q(former_since=None),
                name="relation_former_has_a_date",
                violation_error_message=_("Fill in since when the relation is former, or choose another status."),
            ),
            models.CheckConstraint(
                condition=Q(invoice_debtor=None) | ~Q(invoice_debtor=F("id")),
                name="relation_not_its_own_debtor",
                violation_error_message=_("Choose another relation as invoice debtor, or leave it empty."),
            ),
            models.CheckConstraint(
                condition=Q(erasure=None) | Q(archival__isnull=False), name="relation_archived_before_erased"
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("relations:relation", args=[self.pk])

    def clean(self):
        self.number = self.number.strip()
        if self.number.casefold().startswith(ERASED_NAME.casefold()):
            raise ValidationError({"number": gettext("Only the system gives numbers like this one: type another.")})
        if self.number and numbers.is_retired(self.number):
            raise ValidationError(
                {"number": gettext("This number belonged to an erased relation and is never used again: type another.")}
            )

    @property
    def is_erased(self):
        return self.erasure_id is not None

    @property
    def is_active(self):
        return self.archival_id is None

    @property
    def is_former(self):
        """The client left (R101)."""
        return self.status == RelationStatus.FORMER


class RelationTag(models.Model):
    relation = models.ForeignKey(Relation, models.PROTECT, related_name="relation_tags", verbose_name=_("relation"))
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="relation_tags", verbose_name=_("tag"))

    class Meta:
        verbose_name = _("tag of a relation")
        verbose_name_plural = _("tags of relations")
        constraints = [models.UniqueConstraint(fields=["relation", "tag"], name="relationtag_once")]

    def __str__(self):
        return str(self.tag)
