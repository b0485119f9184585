"""What the overview of tasks can be filtered by."""

from datetime import timedelta

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from relations.listing.filters import NOBODY, OptionFilter
from relations.listing.filters.choices import employees
from relations.models import Relation, TaskKind, TaskLink

ME = "me"
OVERDUE, TODAY, WEEK, NEVER = "overdue", "today", "week", "none"


class TaskFilter(django_filters.FilterSet):
    """Open tasks, unless another state is asked for (R49)."""

    q = django_filters.CharFilter(
        label=_("Name or number of the relation"),
        method="of_relation",
        max_length=200,
        widget=forms.TextInput(
            attrs={"type": "search", "autocomplete": "off", "placeholder": _("Name or number of the relation")}
        ),
    )
    state = OptionFilter(
        label=_("State"), method="in_state", choices=[("", _("Active only")), ("done", _("Done")), ("all", _("All"))]
    )
    kind = OptionFilter(label=_("Kind"), choices=[("", _("All kinds")), *TaskKind.choices])
    assignee = OptionFilter(label=_("Assigned to"), method="assigned_to")
    due = OptionFilter(
        label=_("Due"),
        method="due_in",
        choices=[
            ("", _("Any day")),
            (OVERDUE, _("Too late")),
            (TODAY, _("Today")),
            (WEEK, _("This week and before")),
            (NEVER, _("No date")),
        ],
    )
    repeats = OptionFilter(
        label=_("Repeats"), method="that_repeats", choices=[("", _("Yes and no")), ("yes", _("Yes")), ("no", _("No"))]
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["assignee"].extra["choices"] = lambda: [
            ("", _("Everybody")),
            (ME, _("Myself")),
            (NOBODY, _("Nobody")),
            *self.known.choices(employees).items(),
        ]

    @property
    def qs(self):
        tasks = super().qs
        return tasks if self.data.get("state") else tasks.filter(done_at=None)

    def of_relation(self, tasks, name, value):
        found = Relation.objects.not_erased().visible_to(self.known.by).matching(value)
        return tasks.filter(pk__in=TaskLink.objects.filter(relation__in=found).values("task"))

    def in_state(self, tasks, name, value):
        return tasks.exclude(done_at=None) if value == "done" else tasks

    def assigned_to(self, tasks, name, value):
        if value == ME:
            return tasks.filter(assignee=self.known.by) if self.known.by else tasks.none()
        return tasks.filter(assignee=None if value == NOBODY else value)

    def due_in(self, tasks, name, value):
        today = self.known.today
        match value:
            case "overdue":
                return tasks.filter(due_on__lt=today)
            case "today":
                return tasks.filter(due_on=today)
            case "week":
                return tasks.filter(due_on__lte=today + timedelta(days=6 - today.weekday()))
        return tasks.filter(due_on=None)

    def that_repeats(self, tasks, name, value):
        return tasks.exclude(rhythm="") if value == "yes" else tasks.filter(rhythm="")
