"""Adding one condition: which field, how it is compared, and with what. Sent by GET; nothing changes."""

from django import forms
from django.utils.translation import gettext_lazy as _

FORM = "add-condition"  # id of the form that the controls belong to: they may stand inside another one


class FieldForm(forms.Form):
    """Which field; the rest is asked once that is known."""

    field = forms.ChoiceField(label=_("Condition about"))

    def __init__(self, vocabulary, url, **options):
        self.url = url
        super().__init__(auto_id="condition_%s", **options)
        sections = [
            (section, [(field.key, str(field.label)) for field in fields]) for section, fields in vocabulary.sections()
        ]
        self.fields["field"].choices = [("", _("Choose…")), *sections]
        self._bring_inputs("field")

    def _bring_inputs(self, name):
        """Another choice in this field changes what else is asked (htmx)."""
        self.fields[name].widget.attrs |= {
            "form": FORM,
            "hx-get": self.url,
            "hx-include": f"#{FORM}",
            "hx-target": "#condition-inputs",
            "hx-trigger": "change",
        }


class ConditionForm(FieldForm):
    """`data` of the request. Until the inputs that go with the operator have been shown, nothing was answered yet.

    `asked` is the operator whose inputs were shown: another operator may need others.
    """

    operator = forms.ChoiceField(label=_("How"))
    asked = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, data, conditions, url, *, is_preview=False):
        self.conditions = conditions
        self.chosen = conditions.vocabulary.field(data.get("field", ""))
        self.how = self._operator(data.get("operator")) or (self.chosen and self.chosen.operators[0])
        before = self._operator(data.get("asked"))
        is_same = bool(before and type(before.value) is type(self.how.value))
        is_answered = bool(before) and (is_same or not self._value) and not is_preview
        bound = data if is_answered else None
        super().__init__(conditions.vocabulary, url, data=bound, initial=self._initial(data, is_same))
        self._add_inputs()

    @property
    def _value(self):
        return self.how and self.how.value

    def _operator(self, key):
        return self.chosen and self.chosen.operator(key)

    def _initial(self, data, is_same):
        chosen = {"field": self.chosen.key, "operator": self.how.key} if self.chosen else {}
        typed = {name: data[name] for name in ("value", "last", "unit") if name in data and is_same}
        return typed | chosen

    def _add_inputs(self):
        if not self.chosen:
            del self.fields["operator"], self.fields["asked"]
            return
        self.fields["operator"].choices = [(o.key, str(o.label)) for o in self.chosen.operators]
        self._bring_inputs("operator")
        inputs = self._value.fields(self.conditions.known) if self._value else {}
        for field in inputs.values():
            field.widget.attrs["form"] = FORM
        self.fields.update(inputs)

    @property
    def shown_operator(self):
        """What `asked` holds, whatever was sent."""
        return self.how.key if self.how else ""

    def clean(self):
        answers = super().clean()
        if not self.errors:
            typed = f":{self._value.typed(answers)}" if self._value else ""
            self.text = f"{self.chosen.key}:{self.how.key}{typed}"
            if problem := self.conditions.refusal_to_add(self.text):
                self.add_error("value" if self._value else "operator", problem)
        return answers
