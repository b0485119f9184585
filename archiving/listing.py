"""The list of archived relations: its columns and what it can be sorted by (R20)."""

from functools import cached_property

from django.conf import settings
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from archiving import policies
from archiving.filters import ArchivedRelationFilter
from archiving.retention import years_after
from crm.core.lists import Heading, Listing


class ArchivedRelationListing(Listing):
    filterset_class = ArchivedRelationFilter
    headings = (
        Heading("number", _("Number"), order_by=["number"]),
        Heading("name", _("Name"), order_by=[Lower("name")]),
        Heading("at", _("Archived"), order_by=["archival__at"]),
        Heading("by", _("By"), order_by=["archival__by__name"]),
        Heading("reason", _("Reason")),
        Heading("until", _("Keep until")),
    )
    default_sort = "-at"

    def __init__(self, parameters, *, by):
        archived = policies.root().objects.archived().visible_to(by)
        super().__init__(parameters, archived.select_related("archival__by"), by)

    @cached_property
    def rows(self):
        """Each with `keep_until`, and whether that day has passed."""
        relations = super().rows
        for relation in relations:
            relation.keep_until = keep_until(relation.archival.at)
            relation.may_go = relation.keep_until <= timezone.localdate()
        return relations


def keep_until(archived_at):
    """The day on which client due diligence may go (1F); the law keeps invoices by their own date."""
    return years_after(archived_at, settings.RETENTION_YEARS["due_diligence"])
