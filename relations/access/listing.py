"""Beheer / Afgeschermde relaties: every restricted relation with who has access, for who decides about that."""

from functools import cached_property

import django_filters
from django import forms
from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from crm.accounts import roles
from crm.core.lists import Heading, Listing
from relations.models import Relation, RelationGroupPermission, RelationUserPermission


class RestrictedRelationFilter(django_filters.FilterSet):
    """By number alone: searching by name would tell names that are withheld."""

    q = django_filters.CharFilter(
        label=_("Number"),
        field_name="number",
        lookup_expr="startswith",
        max_length=40,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "placeholder": _("Number")}),
    )


class RestrictedRelationListing(Listing):
    filterset_class = RestrictedRelationFilter
    headings = (
        Heading("number", _("Number"), order_by=["number"]),
        Heading("name", _("Name")),
        Heading("access", _("Who has access")),
    )
    default_sort = "number"

    def __init__(self, parameters, *, by):
        employees = RelationUserPermission.objects.select_related("user").order_by("user__name")
        groups = RelationGroupPermission.objects.select_related("group").order_by("group__name")
        restricted = Relation.objects.not_erased().filter(restricted=True)
        rows = restricted.prefetch_related(
            Prefetch("relationgrouppermission_set", groups, to_attr="groups_with_access"),
            Prefetch("relationuserpermission_set", employees, to_attr="employees_with_access"),
        )
        super().__init__(parameters, rows, by)

    @cached_property
    def rows(self):
        """Each with the names of its `groups` and the `employees` who have access."""
        found = list(super().rows)
        for relation in found:
            relation.groups = [roles.title(row.group.name) for row in relation.groups_with_access]
            relation.employees = [row.user for row in relation.employees_with_access]
        return found
