"""What relations can be filtered by: the plain filters of the list, and the conditions that can be added to them."""

from relations.filters import fields  # noqa: F401  (registers the conditions that relations itself owns)
from relations.filters.activity import ActivitySource, LastActivity
from relations.filters.list import NOBODY, OptionFilter, RelationFilter
from relations.filters.vocabulary import CONDITIONS

__all__ = ["CONDITIONS", "NOBODY", "ActivitySource", "LastActivity", "OptionFilter", "RelationFilter"]
