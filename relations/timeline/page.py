"""One page of a relation's timeline, as its address asks for it."""

from functools import cached_property
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from crm.core.refusals import Refusal
from relations.timeline import entries as timeline

KIND, BEFORE = "soort", "voor"  # in the address


class Page:
    """`kind`: one kind only; `before`: only what was done before that entry, without what is planned.

    `counts` {key of a tab: its number of rows}, where these are known: what has none is not asked for again.
    """

    def __init__(self, record, employee, *, size, kind="", before="", counts=None):
        self.record, self.size, self.kind, self.before = record, size, kind, before
        self.sources = timeline.sources(employee)
        self._shown = [source for source in self.sources if kind in ("", source.kind)]
        if not self._shown:
            raise Refusal(_("The timeline has no such kind of entry. Choose one from the page."), status=400)
        self._asked = [s for s in self._shown if not (s.is_counted and (counts or {}).get(s.panel) == 0)]

    @cached_property
    def planned(self):
        if self.before:
            return []
        return self._to_come[: timeline.MOST_PLANNED]

    @property
    def has_more_planned(self):
        return len(self._to_come) > timeline.MOST_PLANNED

    @cached_property
    def done(self):
        return self._found[: self.size]

    @property
    def older_url(self):
        """Where it goes on; "" when everything is shown."""
        return self._url(self.kind, self.done[-1].cursor) if len(self._found) > self.size else ""

    @property
    def chips(self):
        """[(label, address, is this one shown)]: everything, and each kind by itself."""
        everything = (_("Everything"), self._url(), not self.kind)
        kinds = {}
        for source in self.sources:
            kinds.setdefault(source.kind, source.kind_label or source.label)
        return [everything, *((label, self._url(kind), kind == self.kind) for kind, label in kinds.items())]

    @cached_property
    def _to_come(self):
        return timeline.planned(self.record, self._asked, limit=timeline.MOST_PLANNED + 1)

    @cached_property
    def _found(self):
        return timeline.done(self.record, self._asked, limit=self.size + 1, before=self.before)

    def _url(self, kind="", before=""):
        asked = [(name, value) for name, value in ((KIND, kind), (BEFORE, before)) if value]
        url = reverse("relations:timeline", args=[self.record.pk])
        return f"{url}?{urlencode(asked)}" if asked else url
