"""Saved filters as questions: does the list still understand them (B3), and which relations answer them now."""

from urllib.parse import urlencode

from django.http import QueryDict

from relations import vocabulary
from relations.tables import RelationListing


class Question(RelationListing):
    """What a saved filter asks. `problems`: why it is broken; then it has no rows."""

    def __init__(self, saved):
        address = QueryDict(saved.query, mutable=True)
        if saved.sort:
            address["sort"] = saved.sort
        super().__init__(address)

    def _page(self):
        """It is not shown, only understood and counted."""

    @property
    def can_be_mended(self):
        """Something is left when what is wrong is taken away; otherwise that would show all relations."""
        return bool(self._understood)

    @property
    def without_what_is_wrong(self):
        """The query string of what the list does understand of it, to be seen and kept by a person."""
        return urlencode(self._understood)

    @property
    def _understood(self):
        return [(name, value) for name, value in self.filters if name not in self.form.errors]


def read(saved_filters):
    """Give each of `saved_filters` its `question`; as many queries for one as for many."""
    with vocabulary.asked_once():
        for saved in saved_filters:
            saved.question = Question(saved)
    return saved_filters
