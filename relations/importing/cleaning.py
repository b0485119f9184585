"""People's spelling becomes ours: each function takes the text of a cell and gives what is stored.

Raises ValidationError with a sentence that does not quote the cell: the sentence is kept longer than the value.
"""

import re
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext as _

from crm.core import spelling
from relations.models import ERASED_NAME, RelationKind, RelationStatus

SHORT_NUMBER = re.compile(r"140\d{2,3}")  # municipalities: 14 0592, however the digits were grouped
POST_BOX = re.compile(r"(postbus|antwoordnummer|p\.? ?o\.? ?box)\b\.?", re.IGNORECASE)
DATE_FORMATS = ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y", "%Y%m%d")
EXCEL_ERRORS = frozenset(
    "#DIV/0! #N/A #NAME? #NULL! #NUM! #REF! #VALUE! #N/B #NAAM? #WAARDE! #VERW!".split()  # noqa: SIM905
)
KINDS = {
    RelationKind.ORGANISATION: {"organisatie", "organisation", "organization", "bedrijf", "company", "zakelijk", "o"},
    RelationKind.PERSON: {"persoon", "person", "particulier", "prive", "privé", "p"},
}
STATUSES = {
    RelationStatus.PROSPECT: {"prospect", "prospekt"},
    RelationStatus.CLIENT: {"klant", "client", "kund", "customer", "cliënt", "actief", "active"},
    RelationStatus.FORMER: {"voormalig", "former", "tidigare", "oud-klant", "inactief"},
}


def phone_number(text):
    """'14-0318', '140318' and '14 03 18' are all 14 0318."""
    digits = re.sub(r"[\s.+()-]", "", text)
    return spelling.phone_number(f"14 {digits[2:]}" if SHORT_NUMBER.fullmatch(digits) else text)


def is_post_box(street):
    return bool(POST_BOX.match(street))


def number(text):
    if text.casefold().startswith(ERASED_NAME.casefold()):
        raise ValidationError(_("A relation number cannot begin like the label of an erased relation."))
    return text


def website(text):
    if not text:
        return ""
    address = text if "://" in text else f"https://{text}"
    try:
        URLValidator(schemes=["http", "https"])(address)
    except ValidationError:
        raise ValidationError(_("This is not the address of a website.")) from None
    return address


def email(text):
    try:
        if text:
            validate_email(text)
    except ValidationError:
        raise ValidationError(_("This is not an e-mail address.")) from None
    return text


def day(text):
    """'2-3-2026' → '2026-03-02'."""
    for written in DATE_FORMATS:
        try:
            found = datetime.strptime(text, written).date()
        except ValueError:
            continue
        if date(1800, 1, 1) <= found <= date(2200, 1, 1):
            return found.isoformat()
    if text:
        raise ValidationError(_("This is not a date. Type it like 31-12-2026."))
    return ""


def kind(text):
    return _choice(text, KINDS, _("The kind is “organisatie” or “persoon”."))


def status(text):
    return _choice(text, STATUSES, _("The status is “prospect”, “klant” or “voormalig”."))


def _choice(text, choices, sentence):
    for choice, words in choices.items():
        if text.casefold() in words:
            return choice.value
    raise ValidationError(sentence)
