"""The relations list: its columns and what it can be sorted by."""

from dataclasses import dataclass
from functools import cached_property

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from crm.core import panels
from crm.core.lists import Heading, Listing
from relations.filters import RelationFilter
from relations.models import Relation, RelationTag
from relations.presenting import STATUS_TONES

TAG_NAMES = ArraySubquery(
    RelationTag.objects.filter(relation=OuterRef("pk")).order_by("tag__name").values_list("tag__name")
)
SHOWN = ("number", "name", "kind", "status", "city", "manager__name")


@dataclass(frozen=True)
class Cell:
    """What another app fills in, by the template that it registered."""

    column: panels.Column
    value: object


class RelationListing(Listing):
    """The active relations; archived and erased ones are never among them (R17)."""

    filterset_class = RelationFilter
    headings = (
        Heading("number", _("Number"), order_by=["number"]),
        Heading("name", _("Name"), order_by=[Lower("name")]),  # the embedded server sorts by code point
        Heading("kind", _("Kind")),
        Heading("status", _("Status"), order_by=["status"]),
        Heading("manager", _("Relation manager")),
        Heading("tags", _("Tags")),
        Heading("city", _("City"), order_by=[Lower("city")]),
    )
    default_sort = "name"

    def __init__(self, parameters):
        relations = Relation.objects.active().select_related("manager").only(*SHOWN)
        super().__init__(parameters, relations.annotate(tag_names=TAG_NAMES))

    @cached_property
    def other_columns(self):
        return panels.columns()

    @cached_property
    def rows(self):
        """Each with its `status_tone` and its `other_cells`: one query a column for the whole page."""
        relations = super().rows
        ids = [relation.pk for relation in relations]
        filled = [(column, column.values(ids) if ids else {}) for column in self.other_columns]
        for relation in relations:
            relation.status_tone = STATUS_TONES.get(relation.status, "")
            relation.other_cells = [Cell(column, values.get(relation.pk)) for column, values in filled]
        return relations
