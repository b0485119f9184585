"""What the list of sign-ins can be filtered by; which values are refused is in crm.core.lists (B3)."""

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from crm.accounts.models import Employee, SignInMethod, SignInOutcome

NOBODY = "nobody"


class OptionFilter(django_filters.Filter):
    """One value out of `choices`; anything else is refused."""

    field_class = forms.ChoiceField


class SignInFilter(django_filters.FilterSet):
    employee = OptionFilter(label=_("Employee"), method="of_employee")
    outcome = OptionFilter(label=_("Outcome"), choices=[("", _("All outcomes")), *SignInOutcome.choices])
    method = OptionFilter(label=_("How"), choices=[("", _("In every way")), *SignInMethod.choices])

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        employees = [(str(pk), name) for pk, name in Employee.objects.order_by("name").values_list("pk", "name")]
        self.filters["employee"].extra["choices"] = [
            ("", _("Everybody")),
            (NOBODY, _("Unknown e-mail address")),
            *employees,
        ]

    def of_employee(self, sign_ins, name, value):
        return sign_ins.filter(employee=None if value == NOBODY else value)
