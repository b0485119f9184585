"""A contractant that went from one relation to another in one act (B11)."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from billing.models import Subscription
from portals.models.links import Contractant
from relations.models import Relation


class Relinking(models.Model):
    """Who moved what, when: enough to put it back. Tasks are kept by key, of which nothing is left when they go."""

    contractant = models.ForeignKey(
        Contractant, models.PROTECT, related_name="relinkings", verbose_name=_("contractant")
    )
    old_relation = models.ForeignKey(Relation, models.PROTECT, related_name="+", verbose_name=_("relation before"))
    new_relation = models.ForeignKey(Relation, models.PROTECT, related_name="+", verbose_name=_("relation after"))
    old_subscription = models.ForeignKey(
        Subscription, models.PROTECT, related_name="+", verbose_name=_("subscription before")
    )
    new_subscription = models.ForeignKey(
        Subscription, models.PROTECT, related_name="+", verbose_name=_("subscription after")
    )
    moved_tasks = ArrayField(models.BigIntegerField(), default=list, verbose_name=_("tasks moved"))
    # linked to both relations before: they only lost the old one
    shared_tasks = ArrayField(models.BigIntegerField(), default=list, verbose_name=_("tasks of both"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), auto_now_add=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("undone by")
    )
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True)
    # what undoing left, and why: {"link": code, "tasks": {key: code}}
    left = models.JSONField(_("not undone"), default=dict, blank=True)

    class Meta:
        verbose_name = _("relinking")
        verbose_name_plural = _("relinkings")
        constraints = [
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_by=None) | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="relinking_undone_by_somebody",
            )
        ]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"

    @property
    def tasks(self):
        return [*self.moved_tasks, *self.shared_tasks]

    @property
    def is_undone(self):
        return self.undone_at is not None
