"""What the overview of tasks can be filtered by."""

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from crm.accounts.models import Employee
from relations.filters import NOBODY, OptionFilter
from relations.models import Relation, TaskKind, TaskLink


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

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        employees = [(str(pk), name) for pk, name in Employee.objects.values_list("pk", "name")]
        self.filters["assignee"].extra["choices"] = [("", _("Everybody")), (NOBODY, _("Nobody")), *employees]

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
        return tasks.filter(assignee=None if value == NOBODY else value)
