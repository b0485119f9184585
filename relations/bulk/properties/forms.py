"""The form of a change for all: per property how, and the value, cleaned as in the form of one relation (R66-R69)."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext_lazy as _

from crm.accounts.models import Employee
from crm.core import spelling
from relations.bulk.properties.fields import PROPERTIES, SECTIONS, TAGS, How, Option, Switch
from relations.models import Relation, Tag
from relations.pickers import RelationField
from relations.record.forms import RelationForm

SPELLINGS = {
    "phone": spelling.phone_number,
    "mobile": spelling.phone_number,
    "former_since": spelling.day,
    "legal_form": spelling.visible,
}
POSTAL_CODES = ("postal_code", "mail_postal_code")
RELATIONS = ("invoice_debtor", "old_invoice_debtor")


class PropertiesForm(forms.Form):
    """`changes` is what was chosen, `typed` the answers as they were given, to fill the form with again."""

    error_css_class = "has-error"

    def __init__(self, data=None, **options):
        super().__init__(data, **options)
        self.initial = _shown_again(self.initial)
        self.changes = {}
        single = RelationForm().fields
        for each in PROPERTIES.values():
            self._add(each, single)
        self.tags = list(Tag.objects.all())
        for tag in self.tags:
            self.fields[f"tag_{tag.pk}"] = _choice(tag.name, Option.choices, forms.RadioSelect)

    def _add(self, each, single):
        widget = forms.RadioSelect if each.is_switch else forms.Select
        self.fields[f"how_{each.name}"] = _choice(each.label, each.choices, widget)
        if not each.is_switch:
            self.fields[each.name] = _optional(single[each.name], _("New value"))
        if How.REPLACE in each.hows:
            self.fields[f"old_{each.name}"] = _old(each, single[each.name])

    def sections(self):
        """[(title, [row])], a row being a dict of the property and its bound fields."""
        return [(title, [self._row(each) for each in listed]) for title, listed in SECTIONS]

    def _row(self, each):
        kinds = [("property-old", f"old_{each.name}"), ("property-value", each.name)]
        values = [{"kind": kind, "bound": self[name]} for kind, name in kinds if name in self.fields]
        return {"property": each, "how": self[f"how_{each.name}"], "values": values}

    def options(self):
        return [(tag, self[f"tag_{tag.pk}"]) for tag in self.tags]

    def clean(self):
        super().clean()
        for each in PROPERTIES.values():
            change = self._switched(each) if each.is_switch else self._changed(each)
            if change:
                self.changes[each.name] = change
        self._clean_tags()
        self._clean_postal_codes()
        self._clean_former()
        if not self.changes and not self.errors:
            self.add_error(None, gettext("Nothing has been chosen to change. Choose at least one property."))

    def _switched(self, each):
        """Opting out is a moment, which whoever opted out before keeps."""
        is_on = {Switch.ON: True, Switch.OFF: False}.get(self.cleaned_data.get(f"how_{each.name}"))
        if is_on is None:
            return None
        if each.name == "opted_out_at":
            return {"how": How.FILL, "value": timezone.now().isoformat()} if is_on else {"how": How.CLEAR}
        return {"how": How.SET, "value": is_on}

    def _changed(self, each):
        how = self.cleaned_data.get(f"how_{each.name}") or How.UNCHANGED
        value = self.cleaned_data.get(each.name)
        if how == How.UNCHANGED and value in (None, ""):
            return None
        if how == How.UNCHANGED:
            self.add_error(
                each.name,
                gettext(
                    "There is a value here, but the property stays unchanged. Choose what to do with it, or empty it."
                ),
            )
            return None
        if how == How.CLEAR:
            return {"how": how}
        return self._with_value(each, how, value)

    def _with_value(self, each, how, value):
        if each.name in self.errors:
            return None
        if value in (None, ""):
            self.add_error(each.name, gettext("Fill in the new value."))
            return None
        try:
            value = SPELLINGS.get(each.name, lambda text: text)(value)
        except forms.ValidationError as error:
            self.add_error(each.name, error)
            return None
        change = {"how": how, "value": _stored(value)}
        return self._with_old(each, change) if how == How.REPLACE else change

    def _with_old(self, each, change):
        old = self.cleaned_data.get(f"old_{each.name}")
        if old in (None, ""):
            self.add_error(f"old_{each.name}", gettext("Fill in which value is replaced."))
            return None
        return change | {"old": _stored(old)}

    def _clean_tags(self):
        """A tag that was on the form and is gone by now must not be left out in silence (B3)."""
        asked = {name for name in self.data if name.startswith("tag_")}
        if asked - self.fields.keys():
            self.add_error(None, gettext("A tag has been removed since this form was opened. Look at the tags again."))
        chosen = {
            option: [tag.pk for tag in self.tags if self.cleaned_data.get(f"tag_{tag.pk}") == option]
            for option in (Option.ADD, Option.REMOVE)
        }
        if any(chosen.values()):
            self.changes[TAGS] = {"add": chosen[Option.ADD], "remove": chosen[Option.REMOVE]}

    def _clean_postal_codes(self):
        country = self.changes.get("country", {}).get("value", "")
        for name in POSTAL_CODES:
            change = self.changes.get(name, {})
            if change.get("value"):
                try:
                    change["value"] = spelling.postal_code(change["value"], country)
                except forms.ValidationError as error:
                    self.add_error(name, error)

    def _clean_former(self):
        makes_former = self.changes.get("status", {}).get("value") == "former"
        if makes_former and "former_since" not in self.changes and "former_since" not in self.errors:
            self.add_error("former_since", gettext("Fill in since when the relation is former."))

    @property
    def typed(self):
        """What differs from an untouched form, as text; a relation by its key: a job keeps no name (R32)."""
        untouched = {"", How.UNCHANGED.value}
        given = {name: self.data[name] for name in self.fields if self.data.get(name, "") not in untouched}
        return given | {name: self.cleaned_data[name].pk for name in given if name in RELATIONS}


def _shown_again(typed):
    """With the relation for its key, which the field then writes as the employee may see it."""
    found = Relation.objects.active().in_bulk([typed[name] for name in RELATIONS if name in typed])
    return typed | {name: found.get(typed[name]) for name in RELATIONS if name in typed}


def _choice(label, choices, widget):
    return forms.ChoiceField(label=label, choices=choices, required=False, initial="unchanged", widget=widget)


def _optional(field, label):
    """The field of the form of one relation, empty."""
    field.required, field.initial, field.help_text, field.label = False, None, "", label
    field.widget.is_required = False
    if isinstance(field, forms.TypedChoiceField):
        field.choices = [("", "---------"), *(choice for choice in field.choices if choice[0])]
    return field


def _old(each, field):
    label = gettext_lazy("Instead of")
    if isinstance(field, forms.ModelChoiceField):
        return forms.ModelChoiceField(Employee.objects.all(), required=False, label=label)  # those who left, too
    if isinstance(field, RelationField):
        return RelationField(required=False, label=label, help_text="")
    if each.is_choice:
        return forms.ChoiceField(choices=field.choices, required=False, label=label)
    return forms.CharField(max_length=each.model_field.max_length, required=False, label=label)


def _stored(value):
    """As JSON holds it: the key of a record, a date as text."""
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return value.pk if hasattr(value, "pk") else value
