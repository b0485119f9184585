"""Which rows of a list are ticked, over all its pages, and that exactly those are acted upon (B2).

Kept in the session and bound to the list's filter: paging and sorting keep it, another filter starts an empty one.
Only rows that are in the list now are counted and acted upon, so a row that somebody else archived meanwhile drops out.
"""

from functools import cached_property, reduce
from operator import xor

from django.utils.translation import gettext as _

from crm.core.lists.fingerprints import fingerprint, hash_of, tally
from crm.core.refusals import Refusal


class SessionSelection:
    """The selection `key` of `listing`. `is_all`: everything in the list but `ids`; otherwise just `ids`."""

    def __init__(self, session, key, listing):
        self.session, self.key, self.listing = session, f"selection.{key}", listing
        kept = session.get(self.key, {})
        if kept and kept["filter"] != listing.filter_query:
            self._forget()
            kept = {}
        self.is_all = kept.get("all", False)
        self.ids = set(kept.get("ids", ()))

    # --- ticking -----------------------------------------------------------------------------------------------------

    def put(self, shown, ticked):
        """Tick the rows of one page as they are ticked on screen; rows of other pages keep what they had."""
        shown, ticked = set(shown), set(ticked) & set(shown)
        self.ids = (self.ids - shown) | (shown - ticked if self.is_all else ticked)
        self._keep()

    def put_all(self):
        self.is_all, self.ids = True, set()
        self._keep()

    def clear(self):
        self.is_all, self.ids = False, set()
        self._keep()

    def drop_if_nothing_is_left(self):
        """So that "everything in the list" does not come to mean rows that enter an emptied list later."""
        if not self.count:
            self._forget()

    def _keep(self):
        self.__dict__.pop("_tally", None)
        if not self.count:
            self._forget()
            return
        self.session[self.key] = {"filter": self.listing.filter_query, "all": self.is_all, "ids": sorted(self.ids)}

    def _forget(self):
        self.is_all, self.ids = False, set()
        self.session.pop(self.key, None)

    # --- what is selected --------------------------------------------------------------------------------------------

    @property
    def rows(self):
        """The selected rows, as a QuerySet."""
        listed = self.listing.filtered
        return listed.exclude(pk__in=self.ids) if self.is_all else listed.filter(pk__in=self.ids)

    @property
    def count(self):
        return self._tally[0]

    @property
    def fingerprint(self):
        """Stands for exactly this set; a form sends it back, so that another set than was shown is refused."""
        return fingerprint(*self._tally)

    @cached_property
    def _tally(self):
        if not self.is_all and not self.ids:
            return 0, 0
        return tally(self.rows)

    def holds(self, pk):
        return (pk in self.ids) != self.is_all

    def mark(self, rows):
        """Give each row of the page `is_ticked`."""
        for row in rows:
            row.is_ticked = self.holds(row.pk)

    def resolve(self, expected):
        """The ids of the rows that were shown as selected; a Refusal when the set is not the one of `expected`."""
        found = list(self.rows.order_by("pk").values_list("pk", hash_of()))
        if not found:
            raise Refusal(_("Nothing is selected (any more). Go back to the list and tick what you mean."))
        if fingerprint(len(found), reduce(xor, (hash for _pk, hash in found))) != expected:
            raise Refusal(_("The selection has changed since you saw it. Go back to the list and check it first."))
        return [pk for pk, _hash in found]
