"""The acts of the lifecycle: who archived or erased what, when and why. The rows that an act touched point at it."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

ROOT = settings.ARCHIVING_ROOT
EMPLOYEE = settings.AUTH_USER_MODEL


class ArchiveReason(models.TextChoices):
    SWITCHED = "switched", _("Moved to another office")
    CEASED = "ceased", _("Ceased trading")
    DECEASED = "deceased", _("Deceased")
    DOUBLE = "double", _("Entered twice")
    INACTIVE = "inactive", _("No work any more")
    OTHER = "other", _("Other reason")


class Archival(models.Model):
    """One act of archiving one relation; open until it is restored."""

    root = models.ForeignKey(ROOT, models.PROTECT, related_name="archivals", verbose_name=_("relation"))
    by = models.ForeignKey(EMPLOYEE, models.PROTECT, related_name="+", verbose_name=_("archived by"))
    at = models.DateTimeField(_("archived at"))
    reason = models.CharField(_("reason"), max_length=20, choices=ArchiveReason)
    note = models.TextField(_("note"), blank=True)
    restored_by = models.ForeignKey(
        EMPLOYEE, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("restored by")
    )
    restored_at = models.DateTimeField(_("restored at"), null=True, blank=True)

    class Meta:
        verbose_name = _("archival")
        verbose_name_plural = _("archivals")
        indexes = [models.Index(fields=["-at"], name="archival_at")]
        constraints = [
            models.UniqueConstraint(fields=["root"], condition=Q(restored_at=None), name="archival_one_open_a_root"),
            models.CheckConstraint(
                condition=Q(restored_at=None, restored_by=None) | ~Q(restored_at=None) & ~Q(restored_by=None),
                name="archival_restored_by_somebody",
            ),
        ]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"


class ArchivalChange(models.Model):
    """A value that archiving changed on the way (a mandate stopped, a new owner), so that restoring can put it back."""

    archival = models.ForeignKey(Archival, models.CASCADE, related_name="changes", verbose_name=_("archival"))
    model = models.CharField(_("model"), max_length=100)
    object_id = models.BigIntegerField(_("object"))
    field = models.CharField(_("field"), max_length=100)
    before = models.TextField(_("value before"), null=True)
    after = models.TextField(_("value after"), null=True)

    class Meta:
        verbose_name = _("changed value")
        verbose_name_plural = _("changed values")
        indexes = [models.Index(fields=["model", "object_id"], name="archivalchange_object")]

    def __str__(self):
        return f"{self.model}.{self.field}"


class ArchivableQuerySet(models.QuerySet):
    def active(self):
        return self.filter(archival=None)

    def archived(self):
        return self.exclude(archival=None)


class Archivable(models.Model):
    """A row that is archived by an act, with its relation or as the relation itself.

    No index and no database foreign key on `archival`: rows are found through the relation's own index, and archiving
    then stays a HOT update (measured: 8.3 s became 4.6 s).
    """

    archival = models.ForeignKey(
        Archival,
        models.DO_NOTHING,
        null=True,
        blank=True,
        editable=False,
        db_constraint=False,
        db_index=False,
        related_name="+",
        verbose_name=_("archival"),
    )

    objects = ArchivableQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def is_archived(self):
        return self.archival_id is not None


class ErasureReason(models.TextChoices):
    """A code, never a text: the register says nothing about anybody."""

    REQUEST = "request", _("At the request of the person concerned")
    EXPIRED = "expired", _("The retention period has passed")
    DOUBLE = "double", _("Entered twice")
    MISTAKE = "mistake", _("Should never have been recorded")


class Erasable(models.Model):
    """Saving a stale copy of a row that was erased meanwhile fails; Django would insert the row again."""

    class Meta:
        abstract = True

    def save(self, **options):
        if not self._state.adding and not options.get("force_insert"):
            options["force_update"] = True
        super().save(**options)


class Erasure(models.Model):
    """One row of the register of erasures: proof that and why, with nothing that says who it was. Never changed."""

    uuid = models.UUIDField(_("number in the register"), unique=True, default=uuid4)
    subject = models.UUIDField(_("subject"), default=uuid4)
    by = models.ForeignKey(EMPLOYEE, models.PROTECT, related_name="+", verbose_name=_("erased by"))
    at = models.DateTimeField(_("erased at"))
    mode = models.CharField(
        _("how"), max_length=12, choices={"delete": _("really deleted"), "anonymise": _("anonymised")}
    )
    reason = models.CharField(_("reason"), max_length=20, choices=ErasureReason)
    retention_acknowledged = models.BooleanField(_("retention period acknowledged"), default=False)
    counts = models.JSONField(_("rows per kind"))
    policy_hash = models.CharField(_("policy"), max_length=64)
    previous_hash = models.CharField(_("hash of the previous row"), max_length=64, blank=True)
    hash = models.CharField(_("hash of this row"), max_length=64, unique=True)

    class Meta:
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")
        ordering = ["pk"]

    def __str__(self):
        return str(self.uuid)


class RetiredNumber(models.Model):
    """A number that belonged to an erased relation, kept as a keyed hash: it can be refused, never read (R87)."""

    hash = models.CharField(_("keyed hash"), max_length=64, unique=True)

    class Meta:
        verbose_name = _("retired number")
        verbose_name_plural = _("retired numbers")

    def __str__(self):
        return self.hash[:8]


class Tombstone(models.Model):
    """The key of a relation that was really deleted: a stale save() cannot put it back (B12).

    Nothing else of it: docs/decisions/0008.
    """

    key = models.BigIntegerField(_("key"), unique=True)

    class Meta:
        verbose_name = _("tombstone")
        verbose_name_plural = _("tombstones")

    def __str__(self):
        return str(self.key)


class FileRemoval(models.Model):
    """A file that must go, written in the erasing transaction and carried out after it: a crash forgets no file."""

    path = models.CharField(_("path in the media store"), max_length=400)
    requested_at = models.DateTimeField(_("requested at"), auto_now_add=True)
    attempts = models.PositiveIntegerField(_("attempts"), default=0)

    class Meta:
        verbose_name = _("file to remove")
        verbose_name_plural = _("files to remove")

    def __str__(self):
        return str(self.pk)


class KeptFile(models.Model):
    """A file that stays in the media store although no row names it: so it was chosen at erasing (R28, R29)."""

    path = models.CharField(_("path in the media store"), max_length=400, unique=True)

    class Meta:
        verbose_name = _("kept file")
        verbose_name_plural = _("kept files")

    def __str__(self):
        return str(self.pk)
