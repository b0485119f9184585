"""What portals can do with a set of relations."""

from portals import account_operations

__all__ = ["account_operations"]
