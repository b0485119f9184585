"""Kept filters and fixed sets of relations, and who may see a restricted relation."""

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.utils.translation import gettext_lazy as _
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase

from relations.models.relations import Relation


class SavedFilter(models.Model):
    """A filter of the relations list under a name: the query string as it was."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_filters", verbose_name=_("owner")
    )
    name = models.CharField(_("name"), max_length=80)
    query = models.TextField(_("filter"))
    shared_with = models.ForeignKey(
        Group, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("shared with")
    )

    class Meta:
        verbose_name = _("saved filter")
        verbose_name_plural = _("saved filters")
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="savedfilter_name_once_an_owner")]

    def __str__(self):
        return self.name


class Selection(models.Model):
    """A fixed set of relations under a name."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="selections", verbose_name=_("owner")
    )
    name = models.CharField(_("name"), max_length=80)

    class Meta:
        verbose_name = _("selection")
        verbose_name_plural = _("selections")
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="selection_name_once_an_owner")]

    def __str__(self):
        return self.name


class SelectionMember(models.Model):
    selection = models.ForeignKey(Selection, models.CASCADE, related_name="members", verbose_name=_("selection"))
    relation = models.ForeignKey(Relation, models.PROTECT, related_name="selection_members", verbose_name=_("relation"))

    class Meta:
        verbose_name = _("relation in a selection")
        verbose_name_plural = _("relations in selections")
        constraints = [models.UniqueConstraint(fields=["selection", "relation"], name="selectionmember_once")]

    def __str__(self):
        return f"{self.selection_id}–{self.relation_id}"


class RelationUserPermission(UserObjectPermissionBase):
    """Direct keys, so that no row stays behind when a relation goes (spec/stack.md, guardian)."""

    content_object = models.ForeignKey(Relation, models.CASCADE)


class RelationGroupPermission(GroupObjectPermissionBase):
    content_object = models.ForeignKey(Relation, models.CASCADE)
