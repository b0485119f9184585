"""What the list of jobs can be filtered by; which values are refused is in crm.core.lists (B3)."""

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from crm.accounts.models import Employee
from crm.jobs import operations
from crm.jobs.models import JobState

STATES = [choice for choice in JobState.choices if choice[0] != JobState.DRAFT]


class OptionFilter(django_filters.Filter):
    """One value out of `choices`; anything else is refused."""

    field_class = forms.ChoiceField


class JobFilter(django_filters.FilterSet):
    state = OptionFilter(label=_("State"), choices=[("", _("All states")), *STATES])
    operation = OptionFilter(label=_("Operation"))
    by = OptionFilter(label=_("Employee"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        known = [(operation.key, operation.label) for operation in operations.known()]
        employees = [(str(pk), name) for pk, name in Employee.objects.order_by("name").values_list("pk", "name")]
        self.filters["operation"].extra["choices"] = [("", _("All operations")), *known]
        self.filters["by"].extra["choices"] = [("", _("Everybody")), *employees]


class OwnJobFilter(JobFilter):
    """Of who sees only their own."""

    by = None

    def __init__(self, *args, **kwargs):
        django_filters.FilterSet.__init__(self, *args, **kwargs)
        known = [(operation.key, operation.label) for operation in operations.known()]
        self.filters["operation"].extra["choices"] = [("", _("All operations")), *known]
