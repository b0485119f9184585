"""What stays in a field after erasing: nothing, 'verwijderd' or a random label; figures are kept by name (R31)."""

from django.db import connection, models

from archiving.policies import ERASED_TEXT, Anonymise

# 60 bits of a hashed random uuid: drawn once, unique, never derived from the old value (R36)
RANDOM_LABEL = (
    "'Verwijderd(' || lpad((('x' || left(encode(sha256(gen_random_uuid()::text::bytea), 'hex'), 15))::bit(60)::bigint "
    "%% 1000000000000000000)::text, 18, '0') || ')'"
)
RANDOM_LENGTH = len("Verwijderd()") + 18


def blank(field):
    """The empty value of a field that is scrubbed: NULL, '', 'verwijderd', the default, or an empty JSON value."""
    if field.null:
        return None
    if isinstance(field, models.CharField | models.TextField | models.FileField):
        return "" if field.blank else ERASED_TEXT
    if field.has_default():
        return field.get_default()
    raise ValueError(f"{field.model._meta.label}.{field.name} can be neither emptied nor overwritten")


def scrubbed_fields(model, rule: Anonymise):
    """Fields that the rule empties: those it names, and those it forgot (B8: the default protects the client)."""
    return [
        field
        for field in model._meta.concrete_fields
        if not field.primary_key
        and not field.generated
        and field.name not in rule.keep
        and field.name not in rule.values
        and (field.name in (*rule.scrub, *rule.files) or _can_be_emptied(field))
    ]


def _can_be_emptied(field):
    return field.null or isinstance(field, models.CharField | models.TextField | models.JSONField)


def assignments(model, rule):
    """(SQL of a SET clause, params) that carry out the rule."""
    parts, params = [], []
    for field in scrubbed_fields(model, rule):
        parts.append(f'"{field.column}" = %s')
        params.append(field.get_db_prep_save(blank(field), connection))
    for name, value in rule.values.items():
        column = model._meta.get_field(name).column
        if value == "random":
            parts.append(f'"{column}" = {RANDOM_LABEL}')
        else:
            parts.append(f'"{column}" = %s')
            params.append(value)
    return ", ".join(parts), params
