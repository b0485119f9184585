"""Choosing a relation by number or name, since a list of thousands is no picker: only active ones (R18), and none
that is withheld from who chooses. A form says who that is with `chosen_by()`; else no restricted relation is offered.

Works without JavaScript; with it, suggestions appear while typing.
"""

from django import forms
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.core.addresses import is_key
from crm.core.refusals import Refusal
from relations.models import Relation

ASKED = "relatie"  # in an address: the key of the relation that a form is opened for

SHOWN = 6  # candidates named in an error
SUGGESTED = 10


def label_of(relation):
    return f"{relation.number} {relation.name}"


def chosen_by(employee, form):
    """Let the relations of `form` be chosen, and named, as `employee` may see them."""
    for field in form.fields.values():
        if isinstance(field, RelationField):
            field.by = field.widget.by = employee


class RelationInput(forms.TextInput):
    """Brings its own list of suggestions, unless `attrs` names a `list` on the page that already holds some."""

    by = None

    def format_value(self, value):
        return value.label_for(self.by) if isinstance(value, Relation) else super().format_value(value)

    def render(self, name, value, attrs=None, renderer=None):
        suggested_in = self.attrs.get("list") or f"{(attrs or {}).get('id', name)}_suggestions"
        live = {
            "list": suggested_in,
            "autocomplete": "off",
            "hx-get": reverse("relations:relation_suggestions"),
            "hx-trigger": "input changed delay:200ms",
            "hx-target": f"#{suggested_in}",
        }
        drawn = super().render(name, value, {**(attrs or {}), **live}, renderer)
        return drawn if "list" in self.attrs else format_html('{}<datalist id="{}"></datalist>', drawn, suggested_in)


class RelationField(forms.CharField):
    """A text field whose cleaned value is an active Relation, or the `present` one whatever became of it."""

    widget = RelationInput
    by = None

    def __init__(self, *, present=None, **options):
        options.setdefault("help_text", gettext_lazy("Number, or the start of the name"))
        super().__init__(**options)
        self.present = present

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return None
        if self.present and text in (self.present.number, label_of(self.present), self.present.label_for(self.by)):
            return self.present
        return relation_named(text, self.by)


def relation_named(text, by):
    """The active relation that `text` means to employee `by`: its number, number and name, or words only it has."""
    visible = Relation.objects.visible_to(by).not_erased()
    numbers = {text, text.split()[0]}
    exact = [r for r in visible.filter(number__in=numbers) if text in (r.number, label_of(r))]
    found = exact or list(suggestions(text, by)[: SHOWN + 1])
    if not found:
        raise forms.ValidationError(_("No active relation has this number or name."), code="unknown")
    if len(found) > 1:
        names = "; ".join(label_of(relation) for relation in found[:SHOWN])
        sentence = _("Several relations fit; type the number of the right one: %(names)s")
        raise forms.ValidationError(sentence, code="several", params={"names": names})
    if found[0].is_archived:
        raise forms.ValidationError(_("This relation is archived: choose an active one."), code="archived")
    return found[0]


def suggestions(text, by):
    visible = Relation.objects.selectable().visible_to(by)
    rows = visible.matching(text) if text.strip() else Relation.objects.none()
    return rows.order_by("name", "pk")


def relation_asked_for(request):
    """The Relation of ?relatie=<key>, from the page of a relation; None without it. Refuses what cannot be chosen (B3).

    Not while a form is sent: what was typed is judged, and shown again, by the form itself.
    """
    asked = request.GET.get(ASKED, "")
    offered = Relation.objects.selectable().visible_to(request.user)
    relation = offered.filter(pk=asked).first() if is_key(asked) else None
    if asked and relation is None and request.method != "POST":
        raise Refusal(_("Nothing can be added to this relation: it does not exist or is archived."), status=404)
    return relation
