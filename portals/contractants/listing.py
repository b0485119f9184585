"""The list of contractants."""

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from crm.core.lists import Heading, Listing
from portals.contractants.filters import ContractantFilter
from portals.models import Contractant, ContractantLink


class ContractantListing(Listing):
    """Each row with `live`: the link it has now, if any, with its relation."""

    filterset_class = ContractantFilter
    headings = (
        Heading("contractant", _("Contractant"), order_by=["code"]),
        Heading("database", _("Database"), order_by=["database", "code"]),
        Heading("relation", _("Relation")),
        Heading("since", _("Since")),
    )
    default_sort = "contractant"

    def __init__(self, parameters, *, by):
        live = ContractantLink.objects.live().select_related("relation")
        super().__init__(parameters, Contractant.objects.prefetch_related(Prefetch("links", live, to_attr="live")), by)
