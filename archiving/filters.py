"""What the list of archived relations can be filtered by; which values are refused is in crm.core.lists (B3)."""

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from archiving.models import ArchiveReason
from crm.accounts.models import Employee


class OptionFilter(django_filters.Filter):
    """One value out of `choices`; anything else is refused."""

    field_class = forms.ChoiceField


class DayFilter(django_filters.DateFilter):
    def __init__(self, **options):
        super().__init__(widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), **options)


class ArchivedRelationFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(
        label=_("Quick search"),
        method="search",
        max_length=200,
        widget=forms.TextInput({"type": "search", "autocomplete": "off", "placeholder": _("Name or number")}),
    )
    reason = OptionFilter(
        label=_("Reason"), field_name="archival__reason", choices=[("", _("All reasons")), *ArchiveReason.choices]
    )
    by = OptionFilter(label=_("Archived by"), field_name="archival__by")
    after = DayFilter(label=_("Archived from"), field_name="archival__at", lookup_expr="date__gte")
    before = DayFilter(label=_("Archived before"), field_name="archival__at", lookup_expr="date__lt")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        employees = [(str(pk), name) for pk, name in Employee.objects.values_list("pk", "name")]
        self.filters["by"].extra["choices"] = [("", _("Everybody")), *employees]

    def search(self, relations, name, value):
        return relations.matching(value)
