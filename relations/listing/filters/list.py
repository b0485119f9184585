"""What the relations list can be filtered by; which values are refused is in crm.core.lists (B3)."""

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Value
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from relations.listing.filters.choices import employees, tags
from relations.models import RelationKind, RelationStatus, RelationTag

NOBODY = "none"


class OptionFilter(django_filters.Filter):
    """One value out of `choices`; anything else is refused."""

    field_class = forms.ChoiceField


class RelationFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(
        label=_("Quick search"),
        method="search",
        max_length=200,
        widget=forms.TextInput(
            attrs={"type": "search", "autocomplete": "off", "placeholder": _("Filter by name or number")}
        ),
    )
    status = django_filters.MultipleChoiceFilter(
        label=_("Status"), choices=RelationStatus.choices, distinct=False, widget=forms.CheckboxSelectMultiple
    )
    kind = OptionFilter(label=_("Kind"), choices=[("", _("All kinds")), *RelationKind.choices])
    manager = OptionFilter(label=_("Relation manager"), method="managed_by")
    tag = OptionFilter(label=_("Tag"), method="tagged")
    city = django_filters.CharFilter(label=_("City"), method="located_in", max_length=80)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["manager"].extra["choices"] = lambda: self.managers
        self.filters["tag"].extra["choices"] = lambda: self.tags

    # Asked for when somebody looks or has chosen one.

    @property
    def managers(self):
        return [("", _("Everybody")), (NOBODY, _("Nobody")), *self.known.choices(employees).items()]

    @property
    def tags(self):
        return [("", _("All tags")), *self.known.choices(tags).items()]

    def search(self, relations, name, value):
        return relations.matching(value)

    def managed_by(self, relations, name, value):
        return relations.filter(manager=None if value == NOBODY else value)

    def tagged(self, relations, name, value):
        return relations.filter(Exists(RelationTag.objects.filter(relation=OuterRef("pk"), tag=value)))

    def located_in(self, relations, name, value):
        """Upper and lower case alike, as the database folds them: it also serves the index on the city."""
        return relations.alias(city_folded=Lower("city")).filter(city_folded=Lower(Value(value)))
