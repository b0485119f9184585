"""Saved filters as questions: does the list still understand them (B3), and which relations answer them now."""

from urllib.parse import urlencode

from django.http import QueryDict

from crm.core.conditions import asked_once as vocabulary
from relations.listing.listing import RelationListing


class Question(RelationListing):
    """What a saved filter asks, for the employee `by`. `problems`: why it is broken; then it has no rows."""

    def __init__(self, saved, *, by):
        address = QueryDict(saved.query, mutable=True)
        if saved.sort:
            address["sort"] = saved.sort
        super().__init__(address, by=by)

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
        sound = self._plain_filters + self.conditions.written(self.conditions.sound)
        return [(name, value) for name, value in sound if name not in self.form.errors]


def read(saved_filters, *, by):
    """Give each of `saved_filters` its `question`, as `by` asks it; as many queries for one as for many."""
    with vocabulary.asked_once():
        for saved in saved_filters:
            saved.question = Question(saved, by=by)
    return saved_filters
