"""The overview of tasks: its columns and what it can be sorted by."""

from django.db.models import Prefetch
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from crm.core.lists import Heading, Listing
from relations.models import Task, TaskLink
from relations.sight import seen_by
from relations.task_filters import TaskFilter


class TaskListing(Listing):
    """Those of `tasks` that employee `by` may see; each with the relations it is linked to, archived ones too (R14)."""

    filterset_class = TaskFilter
    headings = (
        Heading("subject", _("Subject"), order_by=[Lower("subject")]),
        Heading("relations", _("Relation")),
        Heading("kind", _("Kind")),
        Heading("assignee", _("Assigned to")),
        Heading("due", _("Due"), order_by=["due_on"]),
        Heading("state", _("State")),
    )
    default_sort = "due"

    def __init__(self, parameters, tasks=None, *, by):
        links = TaskLink.objects.select_related("relation").order_by("relation__name", "pk")
        tasks = seen_by(by, Task.objects.all() if tasks is None else tasks)
        super().__init__(parameters, tasks.select_related("assignee").prefetch_related(Prefetch("links", links)), by)
