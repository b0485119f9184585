"""What relations can be filtered by: the plain filters of the list, and the conditions that can be added to them."""

from relations.listing.filters import fields  # noqa: F401
from relations.listing.filters.activity import ActivitySource, LastActivity
from relations.listing.filters.list import NOBODY, OptionFilter, RelationFilter
from relations.listing.filters.vocabulary import CONDITIONS

__all__ = ["CONDITIONS", "NOBODY", "ActivitySource", "LastActivity", "OptionFilter", "RelationFilter"]
