"""One line of a file: its cells by field, cleaned with the relation at hand that it is about."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from relations.importing.cleaning import is_post_box
from relations.importing.fields import FIELDS
from relations.models import RelationStatus

TO_THE_POST_BOX = {"street": "mail_street", "postal_code": "mail_postal_code", "city": "mail_city"}


def texts_of(cells, mapping):
    """{field: text} of the columns that are taken over."""
    return {field: cells[int(index)] for index, field in mapping.items()}


def cleaned(texts, relation):
    """({field: value to store}, [what is wrong]) for a line about `relation`, or about a new one (None)."""
    country = texts.get("country", relation.country if relation else "")
    values, errors = {}, []
    for name, text in texts.items():
        field = FIELDS[name]
        context = {"country": country} if name in ("postal_code", "mail_postal_code") else {}
        try:
            if text or field.can_be_cleared:
                values[name] = field.value(text, **context)
            elif name == "name":
                errors.append(_("The name is missing."))
        except ValidationError as error:
            errors.append(f"{field.label}: {error.messages[0]}")
    _settle_post_box(values, relation)
    errors += _settle_former(values, relation)
    return values, errors


def _settle_post_box(values, relation):
    """A post box is the postal address. The city is filled too when there is no other address: the lists show it."""
    if "mail_street" in values or not is_post_box(values.get("street", "")):
        return
    for visiting, postal in TO_THE_POST_BOX.items():
        if visiting in values:
            values[postal] = values[visiting]
    values.pop("street")
    values.pop("postal_code", None)
    if relation and relation.street:
        values.pop("city", None)


def _settle_former(values, relation):
    """'Former' and its date go together."""
    status = values.get("status", relation.status if relation else RelationStatus.CLIENT)
    since = values.get("former_since", as_text(relation, "former_since") if relation else "")
    if status == RelationStatus.FORMER and not since:
        return [_("A former relation needs the date since when.")]
    if status != RelationStatus.FORMER and since:
        if values.get("former_since"):
            return [_("There is a date of becoming former, but the status is another.")]
        values["former_since"] = ""
    return []


def as_text(relation, name):
    """The value of a field as it stands in before and after: dates in ISO, nothing as ''."""
    value = getattr(relation, name)
    return value.isoformat() if hasattr(value, "isoformat") else value or ""


def as_value(name, text):
    """Back again."""
    return text or None if FIELDS[name].model_field.null else text
