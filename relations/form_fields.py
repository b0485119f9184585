"""Fields that forms of more than one thing have."""

from django import forms
from django.db.models import Q

from crm.accounts.models import Employee
from relations import spelling


class DateField(forms.DateField):
    """A day, chosen in the browser's own calendar."""

    def __init__(self, **options):
        options.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        super().__init__(**options)

    def validate(self, value):
        super().validate(value)
        spelling.day(value)


class MomentField(forms.DateTimeField):
    """A day and a time, chosen in the browser's own calendar."""

    def __init__(self, **options):
        options.setdefault("widget", forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"))
        super().__init__(**options)

    def validate(self, value):
        super().validate(value)
        spelling.day(value)


def employees(present=None):
    """Whom a picker offers: who works here, and whoever it is at present, with that key (R18)."""
    return Employee.objects.filter(Q(is_active=True) | Q(pk=present))
