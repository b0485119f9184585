"""What the list of contractants can be filtered by."""

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from portals.models import ContractantLink
from relations.listing.filters import OptionFilter
from relations.models import Relation

LIVE = ContractantLink.objects.live().filter(contractant=OuterRef("pk"))


class ContractantFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(
        label=_("Database, contractant or relation"),
        method="named",
        max_length=200,
        widget=forms.TextInput(
            attrs={"type": "search", "autocomplete": "off", "placeholder": _("Database, contractant or relation")}
        ),
    )
    state = OptionFilter(
        label=_("State"),
        method="in_state",
        choices=[("", _("Linked or not")), ("linked", _("Linked")), ("free", _("Not linked"))],
    )

    def named(self, contractants, name, value):
        found = LIVE.filter(relation__in=Relation.objects.active().visible_to(self.known.by).matching(value))
        return contractants.filter(
            Q(code__istartswith=value.strip()) | Q(database__istartswith=value.strip()) | Exists(found)
        )

    def in_state(self, contractants, name, value):
        return contractants.filter(Exists(LIVE) if value == "linked" else ~Exists(LIVE))
