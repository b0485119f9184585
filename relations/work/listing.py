"""The overview of tasks: its columns, what it can be sorted by, and the lists above it."""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.db.models import Prefetch, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.core.lists import Heading, Listing
from crm.core.lists.counting import counts
from relations.listing.filters import NOBODY
from relations.models import Task, TaskKind, TaskLink
from relations.sight import seen_by
from relations.work.filters import ME, OVERDUE, TaskFilter


class TaskListing(Listing):
    """Those of `tasks` that employee `by` may see; each with the relations it is linked to, archived ones too (R14)."""

    filterset_class = TaskFilter
    headings = (
        Heading("subject", gettext_lazy("Subject"), order_by=[Lower("subject")]),
        Heading("relations", gettext_lazy("Relation")),
        Heading("kind", gettext_lazy("Kind")),
        Heading("assignee", gettext_lazy("Assigned to")),
        Heading("due", gettext_lazy("Due"), order_by=["due_on"]),
        Heading("state", gettext_lazy("State")),
    )
    default_sort = "due"

    def __init__(self, parameters, tasks=None, *, by):
        links = TaskLink.objects.select_related("relation").order_by("relation__name", "pk")
        tasks = seen_by(by, Task.objects.all() if tasks is None else tasks)
        super().__init__(parameters, tasks.select_related("assignee").prefetch_related(Prefetch("links", links)), by)

    @cached_property
    def rows(self):
        """Each with `is_late`."""
        tasks = super().rows
        for task in tasks:
            task.is_late = bool(task.due_on and not task.done_at and task.due_on < self.known.today)
        return tasks


@dataclass(frozen=True)
class Tab:
    title: str
    url: str
    count: int
    is_current: bool


def tabs(listing):
    """The lists that are asked for most, with how much is open in each: one query."""
    offered = [
        (_("My tasks"), {"assignee": ME}, Q(assignee=listing.known.by)),
        (_("Whole team"), {}, Q()),
        (_("Too late"), {"due": OVERDUE}, Q(due_on__lt=listing.known.today)),
        (_("Nobody's"), {"assignee": NOBODY}, Q(assignee=None)),
        (_("Support tasks"), {"kind": TaskKind.SUPPORT.value}, Q(kind=TaskKind.SUPPORT)),
    ]
    rows = listing.filterset.queryset.filter(done_at=None)
    found = counts({number: rows.filter(which) for number, (_title, _asked, which) in enumerate(offered)})
    return [
        Tab(title, f"?{urlencode(asked)}", found.get(number, 0), listing.filters == list(asked.items()))
        for number, (title, asked, _which) in enumerate(offered)
    ]
