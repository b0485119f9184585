"""A list whose filter, order and page all stand in its address, and that never shows more than was asked for (B3)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil
from urllib.parse import urlencode

from django.core.paginator import EmptyPage, Page, Paginator
from django.db.models import F
from django.utils.translation import gettext as _

from crm.core.lists import addresses

PAGE_NUMBER = re.compile(r"[1-9][0-9]{0,6}")


@dataclass(frozen=True)
class Heading:
    """A column's head. `order_by`: expressions or field names that an index serves; without them it does not sort."""

    key: str
    title: str
    order_by: Sequence = ()
    numeric: bool = False


@dataclass(frozen=True)
class ShownHeading:
    heading: Heading
    url: str = ""  # sorts by this column, the other way round when it is sorted by already
    direction: str = ""  # "ascending", "descending" or ""

    @property
    def icon(self):
        return {"ascending": "chevron-up", "descending": "chevron-down"}.get(self.direction, "")


@dataclass(frozen=True)
class Chip:
    """One filter that is on. `is_dead`: its value does not exist (any more)."""

    label: str
    value: str
    remove_url: str
    is_dead: bool


class ShallowPage(Page):
    def end_index(self):
        """Django's takes the last page to hold the last row."""
        return min(self.number * self.paginator.per_page, self.paginator.count)


class ShallowPaginator(Paginator):
    """Opens no page beyond `deepest_row`: OFFSET reads everything before the page."""

    deepest_row = 10_000

    @cached_property
    def num_pages(self):
        return max(1, ceil(min(self.count, self.deepest_row) / self.per_page))

    def _get_page(self, *args, **kwargs):
        return ShallowPage(*args, **kwargs)

    def refusal(self):
        if self.count > self.deepest_row:
            return _("This page lies too deep in the list. Narrow the filter, or sort the other way round.")
        return _("This page does not exist (any more): the list ends before it. Go to the first page.")


class Listing:
    """Filters, sorts and pages `queryset` by `parameters` (request.GET).

    An address it does not understand to the letter gives `problems` (sentences), no rows and status 400.
    """

    filterset_class = None
    headings: Sequence[Heading] = ()
    default_sort = ""
    page_size = 50
    carried: Sequence = ()  # names in the address that go along with it and filter nothing

    def __init__(self, parameters, queryset):
        self.parameters = parameters
        self.filterset = self.filterset_class(addresses.without_blanks(parameters), queryset)
        self.problems = addresses.problems(self)
        self.filtered = queryset.none() if self.problems else self.filterset.qs
        self.page = self._page()

    def own_problems(self):
        """Sentences about what only this list knows to be wrong with the address."""
        return ()

    @property
    def status(self):
        return 400 if self.problems else 200

    @property
    def form(self):
        return self.filterset.form

    # --- rows and page -----------------------------------------------------------------------------------------------

    @cached_property
    def rows(self):
        """The page's keys first, then those rows: what is shown is not worked out for the rows skipped before them."""
        keys = self.page.object_list.values("pk")
        return list(self.filtered.filter(pk__in=keys).order_by(*self._ordering()))

    @property
    def count(self):
        return self.page.paginator.count

    @property
    def number(self):
        """The number of the page that is asked for."""
        text = self.parameters.get("page", "1")
        return int(text) if PAGE_NUMBER.fullmatch(text) else 1

    @property
    def first(self):
        return self.page.start_index()

    @property
    def last(self):
        return self.page.end_index()

    @property
    def previous_url(self):
        return self.url(page=self.page.previous_page_number()) if self.page.has_previous() else ""

    @property
    def next_url(self):
        return self.url(page=self.page.next_page_number()) if self.page.has_next() else ""

    @property
    def is_cut_off(self):
        """On the last page that may be opened, while there are more rows."""
        return bool(self.rows) and not self.page.has_next() and self.page.end_index() < self.count

    def _page(self):
        paginator = ShallowPaginator(self.filtered.order_by(*self._ordering()), self.page_size)
        if self.problems:
            return paginator.page(1)
        try:
            return paginator.page(self.number)
        except EmptyPage:
            self.problems = [paginator.refusal()]
            self.filtered = self.filtered.none()
            return ShallowPaginator(self.filtered, self.page_size).page(1)

    # --- order -------------------------------------------------------------------------------------------------------

    @property
    def sort(self):
        return self.parameters.get("sort") or self.default_sort

    @property
    def sorts(self):
        """Every value that `sort` may have."""
        keys = [heading.key for heading in self.headings if heading.order_by]
        return keys + [f"-{key}" for key in keys]

    @property
    def kept_sort(self):
        """The sort to carry along in an address: empty for the usual one."""
        return self.sort if self.sort in self.sorts and self.sort != self.default_sort else ""

    @property
    def shown_headings(self):
        return [self._shown_heading(heading) for heading in self.headings]

    def _shown_heading(self, heading):
        if not heading.order_by:
            return ShownHeading(heading)
        direction = {heading.key: "ascending", f"-{heading.key}": "descending"}.get(self.sort, "")
        turned = f"-{heading.key}" if direction == "ascending" else heading.key
        return ShownHeading(heading, self.url(sort=turned), direction)

    def _ordering(self):
        """The chosen column, and the key so that rows with the same value keep their place from page to page."""
        sort = self.kept_sort or self.default_sort
        heading = next(h for h in self.headings if h.key == sort.removeprefix("-"))
        expressions = [F(e) if isinstance(e, str) else e for e in [*heading.order_by, "pk"]]
        return [e.desc() if sort.startswith("-") else e.asc() for e in expressions]

    # --- filter and addresses ----------------------------------------------------------------------------------------

    @cached_property
    def filters(self):
        """[(name, value)] of the filters that are on, always in the same order however they were typed."""
        return addresses.filters(self)

    @property
    def filter_query(self):
        """The filter alone, without order and page: what a selection is bound to."""
        return urlencode(self.filters)

    @property
    def query(self):
        """The whole state of the list as a query string, for a form that comes back to it."""
        return self.url().removeprefix("?")

    def url(self, **changes):
        """This list with another `page`, `sort` or `filters`; a changed order or filter starts at page 1."""
        sort = changes.get("sort", self.kept_sort)
        page = changes.get("page", 1 if changes else self.number)
        filters = list(changes.get("filters", self.filters))
        pairs = filters + ([("sort", sort)] if sort and sort != self.default_sort else [])
        pairs += self.carried_pairs(filters)
        pairs += [("page", page)] if page > 1 else []
        return "?" + urlencode(pairs)

    def carried_pairs(self, filters):
        """[(name, value)] of what is `carried` along in an address with these `filters`."""
        return []

    @property
    def form_pairs(self):
        """What the form of the filter carries along: where it differs from the usual."""
        return ([("sort", self.kept_sort)] if self.kept_sort else []) + self.carried_pairs(self.filters)

    @property
    def clear_url(self):
        return self.url(filters=[])

    @property
    def is_filtered(self):
        return bool(self.filters)

    @cached_property
    def chips(self):
        """One per filter that is on; the quick search `q` shows itself in its own field."""
        names = dict.fromkeys(name for name, _value in self.filters if name != "q")
        return [self._chip(name) for name in names]

    def _chip(self, name):
        values = [value for key, value in self.filters if key == name]
        choices = dict(getattr(self.form.fields[name], "choices", ()))
        shown = [str(choices.get(value, value)) for value in values]
        remaining = [pair for pair in self.filters if pair[0] != name]
        return Chip(
            label=self.form.fields[name].label,
            value=_(" or ").join(shown),
            remove_url=self.url(filters=remaining),
            is_dead=name in self.form.errors,
        )
