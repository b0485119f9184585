"""How a page mentions a record that may be withheld from who looks: the record knows, by `is_seen_by(employee)`."""

from django import template

register = template.Library()


@register.filter
def seen_by(record, employee):
    return record is not None and record.is_seen_by(employee)


@register.filter
def name_for(record, employee):
    """Its name, or what is said in the place of a name that is withheld."""
    return record.name_for(employee) if record is not None else ""


@register.filter
def label_for(record, employee):
    """Its number and name, or the same words."""
    return record.label_for(employee) if record is not None else ""
