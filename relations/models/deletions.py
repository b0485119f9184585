"""That something small was deleted: who, when, why and how much went along (R98-R106). Nothing of what it said."""

from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from relations.models.relations import Relation


class DeletionReason(models.TextChoices):
    """Nothing else is a reason: what is true is kept (R106)."""

    DOUBLE = "double", _("Entered twice")
    WRONG_ACTIVITY = "wrong_activity", _("Wrong activity")
    MISTAKE = "mistake", _("Entered by mistake")


class Deletion(models.Model):
    """One a relation: a link between two relations leaves two."""

    relation = models.ForeignKey(Relation, models.PROTECT, related_name="deletions", verbose_name=_("relation"))
    model = models.CharField(_("kind"), max_length=60)  # "relations.ClientActivity"
    counts = models.JSONField(_("deleted along with it"), default=dict)  # {"billing.Quote": 2}
    reason = models.CharField(_("reason"), max_length=20, choices=DeletionReason)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("deleted by"))
    at = models.DateTimeField(_("deleted at"), auto_now_add=True)

    class Meta:
        verbose_name = _("deletion")
        verbose_name_plural = _("deletions")
        permissions = [("delete_small", _("Can delete activities, notes and other things of a relation"))]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"

    @property
    def kind(self):
        return apps.get_model(self.model)._meta.verbose_name

    @property
    def along(self):
        """[(what, how many)] that hung under it."""
        return [(apps.get_model(label)._meta, count) for label, count in self.counts.items()]
