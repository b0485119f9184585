"""Lists of records: filter, order, page and selection.

class RelationListing(Listing):
    filterset_class = RelationFilter                     # django-filter; a wrong value refuses the whole list
    headings = [Heading("name", _("Name"), order_by=[Lower("name")]), Heading("kind", _("Kind"))]
    default_sort = "name"                                # "-name" for descending

listing = RelationListing(request.GET, Relation.objects.active())
selection = SessionSelection(request.session, "relations", listing)
return render(request, "relations/listing/list.html", {"listing": listing, …}, status=listing.status)
"""

from crm.core.lists.listing import Heading, Listing
from crm.core.lists.selection import SessionSelection

__all__ = ["Heading", "Listing", "SessionSelection"]
