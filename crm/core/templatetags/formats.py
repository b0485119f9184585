"""How figures and dates are written."""

from decimal import Decimal

from django import template
from django.utils import formats

register = template.Library()


@register.filter
def money(amount):
    """1240 → € 1.240,00"""
    return f"€ {formats.number_format(Decimal(amount or 0), 2, use_l10n=True, force_grouping=True)}"


@register.filter
def hours(amount):
    """12.50 → 12,5"""
    return formats.number_format(Decimal(amount or 0).normalize(), use_l10n=True, force_grouping=True)


@register.filter
def amount(count):
    """12408 → 12.408"""
    return "" if count is None else formats.number_format(count, use_l10n=True, force_grouping=True)
