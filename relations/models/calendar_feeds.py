"""The secret address from which an employee's own calendar programme reads the agenda."""

from hashlib import sha256

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class CalendarFeedQuerySet(models.QuerySet):
    def open(self):
        return self.filter(revoked_at=None)

    def with_secret(self, secret):
        return self.filter(secret_hash=hash_of(secret))


def hash_of(secret):
    """Of 256 random bits: nothing to guess at, so that a plain hash is enough."""
    return sha256(secret.encode()).hexdigest()


class CalendarFeed(models.Model):
    """Open until it is revoked. The address itself is shown once and is nowhere kept."""

    employee = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_feeds", verbose_name=_("employee")
    )
    secret_hash = models.CharField(_("hash of the secret"), max_length=64, unique=True)
    made_at = models.DateTimeField(_("made at"), default=timezone.now)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)
    read_on = models.DateField(_("last read on"), null=True, blank=True)

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("calendar feed")
        verbose_name_plural = _("calendar feeds")
        constraints = [
            models.UniqueConstraint(
                fields=["employee"], condition=Q(revoked_at=None), name="calendarfeed_one_open_an_employee"
            )
        ]

    def __str__(self):
        return str(self.pk)
