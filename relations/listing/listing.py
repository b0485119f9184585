"""The relations list: its rows, its columns and what it can be sorted by."""

from functools import cached_property

from django.urls import reverse_lazy
from django.utils.translation import gettext as _

from crm.core.lists import Listing
from relations.listing import columns
from relations.listing.arrangements import Arrangement, key_of
from relations.listing.filters import CONDITIONS, RelationFilter
from relations.models import Relation


class RelationListing(Listing):
    """The active ones of `relations` that the employee may see; archived and erased ones are never among them (R17).

    With an `arrangement` (of the employee who looks) the address may say with `saved` from which saved filter it came;
    its conditions stand in the address all the same, so `saved` filters nothing. `by` (or that employee) is whom a
    condition means with "I myself"; without either it is refused.
    """

    filterset_class = RelationFilter
    vocabulary = CONDITIONS
    conditions_url = reverse_lazy("relations:condition")
    headings = columns.HEADINGS
    default_sort = "name"

    def __init__(self, parameters, *, relations=None, arrangement=None, by=None):
        self.arrangement = arrangement
        self.saved = arrangement and arrangement.saved
        relations = Relation.objects.all() if relations is None else relations
        by = by or (arrangement and arrangement.employee)
        super().__init__(parameters, self._shown(relations.active().visible_to(by)), by)

    @classmethod
    def of(cls, employee, parameters):
        """As `employee` arranged it: what every view of the list and of what is selected in it uses."""
        return cls(parameters, arrangement=Arrangement.of(employee, key_of(parameters.get("saved", ""))))

    @property
    def carried(self):
        return ("saved",) if self.arrangement else ()

    def own_problems(self):
        if "saved" not in self.parameters or not self.arrangement:
            return
        if self.saved is None:
            yield _("This saved filter does not exist (any more) or is not shared with you. Choose another filter.")
        elif self.lacks_conditions:
            yield _("The address of this page lost the conditions of its saved filter. Open that filter again.")

    # --- columns -----------------------------------------------------------------------------------------------------

    @cached_property
    def columns(self):
        """Those of the saved filter, or of the employee, or the usual ones."""
        own = (self.saved and self.saved.columns) or (self.arrangement and self.arrangement.columns)
        return columns.chosen(own or [])

    def _shown(self, relations):
        fields = {name for column in self.columns for name in column.needs}
        expressions = {f"{c.key}_shown": c.expression for c in self.columns if c.annotation}
        if "manager__name" in fields:
            relations = relations.select_related("manager")
        return relations.only(*columns.FIXED, *fields).annotate(**expressions)

    @property
    def shown_headings(self):
        own = {heading.key: heading for heading in self.headings}
        shown = [own[key] for key in columns.FIXED] + [column.heading for column in self.columns]
        return [self._shown_heading(heading) for heading in shown]

    @cached_property
    def rows(self):
        """Each with its `cells`."""
        relations = super().rows
        columns.fill(relations, self.columns)
        return relations

    # --- the saved filter it came from -------------------------------------------------------------------------------

    @property
    def lacks_conditions(self):
        """Only `saved` is there: taken by itself it would show all relations."""
        return bool(self.saved and self.saved.conditions and not self.filters)

    @property
    def is_changed(self):
        """It shows other conditions or another order than the saved filter it came from."""
        return bool(self.saved) and (sorted(self.filters) != self.saved.conditions or self.kept_sort != self.saved.sort)

    # --- addresses ---------------------------------------------------------------------------------------------------

    def carried_pairs(self, filters):
        """Without conditions it is no longer that saved filter, unless it has none itself."""
        return [("saved", self.saved.pk)] if self.saved and (filters or not self.saved.conditions) else []

    def url(self, **changes):
        """Never a bare address: that one opens the employee's own default filter."""
        url = super().url(**changes)
        return url if url != "?" else f"?sort={self.default_sort}"

    @property
    def form_pairs(self):
        return [("sort", self.kept_sort or self.default_sort), *self.carried_pairs(self.filters)]


class MemberListing(RelationListing):
    """The active relations of a selection: no saved filter comes into it."""

    carried = ()
    conditions_url = ""  # adding one comes back to the list of all relations

    def own_problems(self):
        return ()
