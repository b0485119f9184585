"""How names, numbers and codes are written: each function takes what was typed and gives what is stored, or "".

Raises ValidationError with a sentence that says what is expected.
"""

import re
from unicodedata import category

import phonenumbers
import stdnum
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from phonenumbers import PhoneNumberFormat
from stdnum import iban as iban_numbers
from stdnum.eu import vat as eu_vat
from stdnum.exceptions import ValidationError as InvalidNumber
from stdnum.nl import bsn, btw, postcode

HOME = "NL"
SHORT_NUMBER = re.compile(r"14\s?0\d{2,3}")  # municipalities: 14 0592, only reachable from within the country
KVK_NUMBER = re.compile(r"\d{8}")
YEARS = range(1800, 2200)
BLANKS = str.maketrans(dict.fromkeys("\t\n\r\v\f", " "))
INVISIBLE = ("Cc", "Cf")  # categories: control, and format: without width, or turning the direction of the text
FILLERS = "\u034f\u115f\u1160\u2800\u3164\uffa0"  # letters and signs, says Unicode, and nothing to be seen


def visible(text):
    """Without the characters that nobody sees: a name of only those is none, and among others they mislead."""
    return "".join(c for c in text.translate(BLANKS) if c not in FILLERS and category(c) not in INVISIBLE).strip()


class VisibleField(forms.CharField):
    """A field for a name: what cannot be seen does not fill it in."""

    def to_python(self, value):
        return super().to_python(visible(value) if isinstance(value, str) else value)


def phone_number(text):
    """'(0416) 69 87 00' → '+31416698700'; '14072' → '14 072'."""
    text = text.strip()
    if not text:
        return ""
    if SHORT_NUMBER.fullmatch(text):
        return f"14 {text[2:].strip()}"
    try:
        number = phonenumbers.parse(text, HOME)
    except phonenumbers.NumberParseException:
        number = None
    if number is None or number.extension or not phonenumbers.is_valid_number(number):
        raise ValidationError(
            _("This is not a telephone number. Type it like 030 123 45 67, or start with + and the country code.")
        )
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def postal_code(text, country=""):
    """'3511ab' → '3511 AB'; one of another country is left as typed."""
    text = " ".join(text.split())
    if not text or not is_dutch(country):
        return text.upper()
    try:
        return postcode.validate(text)
    except InvalidNumber:
        raise ValidationError(
            _("A Dutch postal code has four digits and two letters, like 3511 AB. Elsewhere? Fill in the country.")
        ) from None


def day(date):
    """A year in which nobody lives is a typing error, and terms counted from it leave the calendar."""
    if date and date.year not in YEARS:
        raise ValidationError(_("This year cannot be right. Type the date like 31-12-2026."))
    return date


def refuse_backward(form, start, end):
    """Puts an error at the field `end` of `form` when that day lies before the one of `start`."""
    first, last = (form.cleaned_data.get(name) for name in (start, end))
    if first and last and last < first:
        form.add_error(end, _("The end date lies before the start date."))


def is_dutch(country):
    return country.strip().casefold() in ("", "nl", "nederland", "netherlands", "the netherlands", "holland")


def kvk_number(text):
    text = re.sub(r"[\s.]", "", text)
    if text and not KVK_NUMBER.fullmatch(text):
        raise ValidationError(_("A KvK number has eight digits."))
    return text


def vat_number(text):
    """'1234.56.782.B.01' → 'NL123456782B01'; a number of another country is checked by the rules of that country."""
    if not text.strip():
        return ""
    try:
        return _vat_of_its_country(text)
    except InvalidNumber:
        raise ValidationError(_("This VAT number is not right. A Dutch one looks like NL123456782B12.")) from None


def _vat_of_its_country(text):
    code = text.strip()[:2].upper()
    if not code.isalpha():
        return f"NL{btw.validate(text)}"
    if code in ("EL", *(c.upper() for c in eu_vat.MEMBER_STATES)):
        return eu_vat.validate(text)
    rules = stdnum.get_cc_module(code.lower(), "vat")
    if rules is None:
        raise InvalidNumber
    return rules.validate(text)


def iban(text):
    try:
        return iban_numbers.validate(text) if text.strip() else ""
    except InvalidNumber:
        raise ValidationError(_("This IBAN is not right: a digit or letter is wrong or missing.")) from None


def citizen_service_number(text):
    try:
        return bsn.validate(text) if text.strip() else ""
    except InvalidNumber:
        raise ValidationError(_("This citizen service number is not right: check the nine digits.")) from None
