"""Choosing a relation by number or name: only active ones, works without JavaScript (R18)."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from relations.models import Relation

SHOWN = 6  # candidates named in an error


class RelationInput(forms.TextInput):
    def format_value(self, value):
        return label_of(value) if isinstance(value, Relation) else super().format_value(value)


class RelationField(forms.CharField):
    """A text field whose cleaned value is an active Relation."""

    widget = RelationInput(attrs={"list": "relation-suggestions", "autocomplete": "off"})

    def __init__(self, **options):
        options.setdefault("help_text", gettext_lazy("Number, or the start of the name"))
        super().__init__(**options)

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return None
        return relation_named(text)


def label_of(relation):
    return f"{relation.number} {relation.name}"


def relation_named(text):
    """The active relation that `text` means: its number, number and name, or words that only it has."""
    numbers = {text, text.split()[0]}
    exact = [r for r in Relation.objects.selectable().filter(number__in=numbers) if text in (r.number, label_of(r))]
    found = exact or list(Relation.objects.selectable().matching(text).order_by("name", "pk")[: SHOWN + 1])
    if len(found) == 1:
        return found[0]
    if not found:
        raise forms.ValidationError(_("No active relation has this number or name."), code="unknown")
    names = "; ".join(label_of(relation) for relation in found[:SHOWN])
    raise forms.ValidationError(
        _("Several relations fit; type the number of the right one: %(names)s"), code="several", params={"names": names}
    )
