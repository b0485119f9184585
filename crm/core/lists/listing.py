"""A list whose filter, order and page all stand in its address, and that never shows more than was asked for (B3)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import F
from django.utils.translation import gettext as _

from crm.core.conditions import Known
from crm.core.conditions.forms import FieldForm
from crm.core.lists import addresses
from crm.core.lists import chips as chips_of

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
    """Filters, sorts and pages `queryset` by `parameters` (request.GET), as `by` asks it.

    An address it does not understand to the letter gives `problems` (sentences), no rows and status 400. Nothing is
    counted or fetched before it is asked for, so that telling whether a kept address is still sound costs little.
    """

    filterset_class = None
    vocabulary = None  # of the conditions that can be asked (crm.core.conditions)
    conditions_url = ""  # where one is added
    headings: Sequence[Heading] = ()
    default_sort = ""
    page_size = 50
    carried: Sequence = ()  # names in the address that go along with it and filter nothing

    def __init__(self, parameters, queryset, by=None):
        self.parameters = parameters
        self.known = Known(by=by)
        self.filterset = self.filterset_class(addresses.without_blanks(parameters), queryset)
        self.filterset.known = self.known  # so that choices are fetched once, for filters and conditions together
        self.conditions = addresses.conditions(self)
        self._misread = addresses.problems(self)

    @cached_property
    def problems(self):
        """The first page is always there: only for another one is the list counted."""
        if self._misread or self.number == 1 or self.number <= self._paginator.num_pages:
            return self._misread
        return [self._paginator.refusal()]

    @cached_property
    def filtered(self):
        return self.filterset.queryset.none() if self.problems else self._matching

    @cached_property
    def _matching(self):
        """Only of an address that is understood."""
        return self.filterset.qs.filter(self.conditions.q()) if self.conditions.groups else self.filterset.qs

    def own_problems(self):
        """Sentences about what only this list knows to be wrong with the address."""
        return ()

    @property
    def status(self):
        return 400 if self.problems else 200

    @property
    def form(self):
        return self.filterset.form

    @property
    def field_form(self):
        return FieldForm(self.vocabulary, self.conditions_url)

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

    @cached_property
    def page(self):
        if self.problems:
            return ShallowPaginator(self.filtered, self.page_size).page(1)
        return self._paginator.page(self.number)

    @cached_property
    def _paginator(self):
        return ShallowPaginator(self._matching.order_by(*self._ordering()), self.page_size)

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
        """This list with another `page`, `sort`, `filters` or `groups` of conditions; a change starts at page 1."""
        sort = changes.get("sort", self.kept_sort)
        page = changes.get("page", 1 if changes else self.number)
        filters = list(changes.get("filters", self.filters))
        if "groups" in changes:
            filters = [*self._plain_filters, *self.conditions.written(changes["groups"])]
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

    # --- conditions --------------------------------------------------------------------------------------------------

    @property
    def _plain_filters(self):
        return [pair for pair in self.filters if pair not in self.conditions.parameters]

    def adding_url(self, group=""):
        """Where a condition is added, by itself or to a group; "" when this list asks none."""
        if not self.conditions_url:
            return ""
        return f"{self.conditions_url}?{urlencode({'list': self.kept_query, 'group': group})}"

    @property
    def kept_query(self):
        """Filter and order, without the page."""
        return self.url(page=1).removeprefix("?")

    @property
    def turned_url(self):
        """The same conditions, with one enough where all must hold now, or the other way round; "" for one alone."""
        if len(self.conditions.groups) < 2:
            return ""
        return self.url(filters=self._plain_filters + self.conditions.turned)

    @property
    def clear_url(self):
        return self.url(filters=[])

    @property
    def is_filtered(self):
        return bool(self.filters)

    @cached_property
    def chips(self):
        return chips_of.chips(self)

    @property
    def filter_text(self):
        """The chips in one line, without what was typed: for a job that tells what it was done to."""
        return chips_of.sentence(self.chips)
