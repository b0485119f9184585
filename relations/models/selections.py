"""Fixed sets of relations."""

from django.db import models
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from relations.models.relations import Relation
from relations.models.sharing import Shared


class Selection(Shared):
    """A fixed set of relations under a name. An archived one stays in it, hidden; an erased one leaves it."""

    class Meta(Shared.Meta):
        verbose_name = _("selection")
        verbose_name_plural = _("selections")

    def get_absolute_url(self):
        return reverse("relations:selection_page", args=[self.pk])

    def relations(self):
        """All of them, the archived ones too."""
        return Relation.objects.filter(Exists(self.members.filter(relation=OuterRef("pk"))))


class SelectionMember(models.Model):
    selection = models.ForeignKey(Selection, models.CASCADE, related_name="members", verbose_name=_("selection"))
    relation = models.ForeignKey(Relation, models.PROTECT, related_name="selection_members", verbose_name=_("relation"))

    class Meta:
        verbose_name = _("relation in a selection")
        verbose_name_plural = _("relations in selections")
        constraints = [models.UniqueConstraint(fields=["selection", "relation"], name="selectionmember_once")]

    def __str__(self):
        return f"{self.selection_id}–{self.relation_id}"
