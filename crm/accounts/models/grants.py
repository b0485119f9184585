"""The right to erase that an administrator granted."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ErasingGrantQuerySet(models.QuerySet):
    def open(self):
        return self.filter(withdrawn_at=None)


class ErasingGrant(models.Model):
    """`by` let `employee` erase relations, until it was withdrawn (R97).

    An open grant *is* the right (backends.py): there is no second place where it is written, so what the office looks
    up afterwards is what was allowed then.
    """

    employee = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="erasing_grants", verbose_name=_("employee")
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("granted by"))
    at = models.DateTimeField(_("granted at"), default=timezone.now)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("withdrawn by")
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True)

    objects = ErasingGrantQuerySet.as_manager()

    class Meta:
        verbose_name = _("right to erase")
        verbose_name_plural = _("rights to erase")
        constraints = [
            models.UniqueConstraint(
                fields=["employee"], condition=Q(withdrawn_at=None), name="erasinggrant_one_open_an_employee"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="erasinggrant_withdrawn_by_somebody",
            ),
        ]

    def __str__(self):
        return str(self.employee)
