"""Whom a form offers."""

from django.db.models import Q

from crm.accounts.models import Employee


def employees(present=None):
    """Whom a picker offers: who works here, and whoever it is at present, with that key (R18)."""
    return Employee.objects.filter(Q(is_active=True) | Q(pk=present))
