"""Figures in forms, typed and shown as the reader of the page writes them."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import get_format
from django.utils.translation import gettext_lazy as _


class AmountField(forms.DecimalField):
    """A decimal figure. What separates thousands may only do so: in English 12,5 is not 125 but a mistake."""

    default_error_messages = {"grouped": _("Type the figure like %(example)s.")}

    def __init__(self, **options):
        super().__init__(localize=True, **options)

    def to_python(self, value):
        if isinstance(value, str) and _is_oddly_grouped(value.strip()):
            example = f"1250{get_format('DECIMAL_SEPARATOR')}50"
            raise ValidationError(self.error_messages["grouped"], code="grouped", params={"example": example})
        return super().to_python(value)


def _is_oddly_grouped(text):
    """Django drops what separates thousands wherever it stands; a lonely point it takes for a decimal one."""
    separator, decimal = get_format("THOUSAND_SEPARATOR"), get_format("DECIMAL_SEPARATOR")
    whole, _point, rest = text.partition(decimal)
    if separator not in text or separator == ".":
        return False
    separator = r"\s" if separator.isspace() else re.escape(separator)
    return bool(re.search(separator, rest)) or not re.fullmatch(rf"[-+]?\d{{1,3}}({separator}\d{{3}})+", whole)
