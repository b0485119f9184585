"""Which relations an employee looked at last."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from relations.models.relations import Relation


class RelationVisitQuerySet(models.QuerySet):
    def lately(self, employee):
        """Of the employee, the last first, with the relation; an erased one was never there."""
        own = self.filter(employee=employee, relation__erasure=None)
        return own.select_related("relation").order_by("-at", "-pk")


class RelationVisit(models.Model):
    """The last time that an employee opened the page of a relation; only the newest few of each employee are kept."""

    employee = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, db_index=False, related_name="+", verbose_name=_("employee")
    )
    relation = models.ForeignKey(Relation, models.PROTECT, related_name="visits", verbose_name=_("relation"))
    at = models.DateTimeField(_("at"))

    objects = RelationVisitQuerySet.as_manager()

    class Meta:
        verbose_name = _("visit to a relation")
        verbose_name_plural = _("visits to relations")
        constraints = [models.UniqueConstraint(fields=["employee", "relation"], name="relationvisit_once")]

    def __str__(self):
        return f"{self.employee_id}–{self.relation_id}"
