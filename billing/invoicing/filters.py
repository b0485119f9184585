"""What the list of invoices can be filtered by."""

import django_filters
from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from billing.models import InvoiceStatus

OVERDUE = "overdue"


class InvoiceFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(
        label=_("Invoice or relation number"),
        method="numbered",
        max_length=40,
        widget=forms.TextInput(
            attrs={"type": "search", "autocomplete": "off", "placeholder": _("Invoice or relation number")}
        ),
    )
    status = django_filters.ChoiceFilter(
        label=_("Status"),
        method="in_status",
        choices=[*InvoiceStatus.choices, (OVERDUE, _("Overdue"))],
        empty_label=_("Every status"),
    )

    def numbered(self, invoices, name, value):
        """The invoices whose own number starts so, and those of the relation with exactly this number."""
        return invoices.filter(Q(number__startswith=value) | Q(relation__number=value))

    def in_status(self, invoices, name, value):
        if value == OVERDUE:
            return invoices.filter(status=InvoiceStatus.SENT, due_on__lt=timezone.localdate())
        return invoices.filter(status=value)
