"""Who may see a restricted relation: the employees and groups with a row here, and nobody else (decision 0012)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase
from simple_history.models import HistoricalRecords

SEEING = "view_relation"
WITHHELD_NAME = _("Restricted relation")  # what is said in the place of a name


class RelationUserPermission(UserObjectPermissionBase):
    """Direct keys, so that no row stays behind when a relation goes."""

    content_object = models.ForeignKey("relations.Relation", models.CASCADE, verbose_name=_("relation"))
    history = HistoricalRecords()

    class Meta(UserObjectPermissionBase.Meta):
        verbose_name = _("access of an employee")
        verbose_name_plural = _("access of employees")


class RelationGroupPermission(GroupObjectPermissionBase):
    content_object = models.ForeignKey("relations.Relation", models.CASCADE, verbose_name=_("relation"))
    history = HistoricalRecords()

    class Meta(GroupObjectPermissionBase.Meta):
        verbose_name = _("access of a group")
        verbose_name_plural = _("access of groups")


def given_to(employee):
    """Keys of the relations that `employee` was given access to, by name or through a group; None is nobody."""
    key = getattr(employee, "pk", None)
    own = RelationUserPermission.objects.filter(user=key, permission__codename=SEEING)
    of_groups = RelationGroupPermission.objects.filter(group__user=key, permission__codename=SEEING)
    return own.values("content_object").union(of_groups.values("content_object"))


class RestrictedQuerySet(models.QuerySet):
    """What everything that shows relations asks: lists, pickers, counts, searches, exports and jobs."""

    def visible_to(self, employee):
        """Without the restricted relations that `employee` was not given access to; None was given nothing."""
        return self.exclude(pk__in=self.model.objects.withheld_from(employee).values("pk"))

    def withheld_from(self, employee):
        """The restricted relations that `employee` may not even know the name of."""
        return self.filter(restricted=True).exclude(pk__in=given_to(employee))


class Restricted:
    """How a record that is at hand is mentioned to an employee; a page of many mentions asks one query at most."""

    def is_seen_by(self, employee):
        return not self.restricted or self.pk in _known_to(employee)

    def name_for(self, employee):
        return str(self) if self.is_seen_by(employee) else str(WITHHELD_NAME)

    def label_for(self, employee):
        """Its number and name."""
        return f"{self.number} {self}" if self.is_seen_by(employee) else str(WITHHELD_NAME)


def _known_to(employee):
    """given_to(), remembered with the employee, who is read anew for each request."""
    if getattr(employee, "pk", None) is None:
        return frozenset()
    if not hasattr(employee, "_given_relations"):
        employee._given_relations = frozenset(given_to(employee).values_list("content_object", flat=True))
    return employee._given_relations
