"""How an employee arranged the relations list: its tabs, the filter it opens with, its columns. One query for all."""

import re
from dataclasses import dataclass, field

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Q, Subquery, Value
from django.db.models.functions import JSONObject

from crm.accounts.models import Employee
from relations.models import FilterPin, SavedFilter, Selection

KEY = re.compile(r"[1-9][0-9]{0,17}")
FIELDS = ("id", "owner_id", "name", "query", "sort", "columns", "shared_with_id", "for_office", "version")


def key_of(text):
    """The key that `text` writes, or None."""
    return int(text) if KEY.fullmatch(text) else None


@dataclass(frozen=True)
class Arrangement:
    """Of `employee`. `saved`: the filter that the address names, when they may see it. `tabs`: the pinned ones."""

    columns: list = field(default_factory=list)
    default_key: int | None = None
    tabs: list = field(default_factory=list)
    saved: SavedFilter | None = None
    employee: Employee | None = None

    @classmethod
    def of(cls, employee, saved_key=None):
        columns, default_key, filters, pins, selections = (
            Employee.objects.filter(pk=employee.pk)
            .values_list(
                "list_preference__columns",
                "list_preference__default_filter",
                _filters(employee, saved_key),
                ArraySubquery(FilterPin.objects.filter(employee=employee).order_by("pk").values("saved_filter")),
                _selections(employee),
            )
            .get()
        )
        employee.visible_selections = selections or 0
        found = {kept["id"]: SavedFilter(**kept) for kept in filters}
        tabs = [found[key] for key in pins if key in found]
        return cls(columns or [], default_key, tabs, found.get(saved_key), employee)


def _filters(employee, saved_key):
    wanted = Q(pk__in=FilterPin.objects.filter(employee=employee).values("saved_filter")) | Q(pk=saved_key)
    shown = SavedFilter.objects.visible_to(employee).filter(wanted).order_by()
    return ArraySubquery(shown.values_list(JSONObject(**{name: name for name in FIELDS})))


def _selections(employee):
    shown = Selection.objects.visible_to(employee).order_by().values(every=Value(1))
    return Subquery(shown.annotate(number=Count("pk")).values("number"))


def selections_of(employee):
    """How many selections `employee` may see, for the menu; asked along with the list when that is shown."""
    known = getattr(employee, "visible_selections", None)
    return known if known is not None else Selection.objects.visible_to(employee).count()
