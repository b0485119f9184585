"""Fields that forms of more than one thing have."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crm.core import spelling


class DateField(forms.DateField):
    """A day, chosen in the browser's own calendar."""

    def __init__(self, **options):
        options.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        super().__init__(**options)

    def validate(self, value):
        super().validate(value)
        spelling.day(value)


class MomentField(forms.DateTimeField):
    """A day and a time, chosen in the browser's own calendar."""

    def __init__(self, **options):
        options.setdefault("widget", forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"))
        super().__init__(**options)

    def validate(self, value):
        super().validate(value)
        spelling.day(value)


class FreeFieldsField(forms.CharField):
    """{name: value} of what the office keeps beside the usual, typed as lines of "name: value"."""

    widget = forms.Textarea(attrs={"rows": 4})
    most = 30

    def __init__(self, **options):
        options.setdefault("help_text", _("One on a line, such as: Financial year: calendar year"))
        super().__init__(max_length=5_000, required=False, **options)

    def prepare_value(self, value):
        return "\n".join(f"{name}: {text}" for name, text in value.items()) if isinstance(value, dict) else value

    def to_python(self, value):
        pairs = [self._pair(line) for line in super().to_python(value).splitlines() if line.strip()]
        found = dict(pairs)
        if len(found) < len(pairs):
            raise forms.ValidationError(gettext("A name stands here twice. Give each its own name."))
        if len(found) > self.most:
            sentence = gettext("There are more than %(count)d lines. Keep the most important.")
            raise forms.ValidationError(sentence % {"count": self.most})
        return found

    def has_changed(self, initial, data):
        try:
            return self.to_python(data) != (initial or {})
        except forms.ValidationError:
            return True

    def _pair(self, line):
        name, colon, text = (part.strip() for part in line.partition(":"))
        if not (name and colon and text):
            sentence = gettext("Write “name: value” on each line; this one is not: %(line)s")
            raise forms.ValidationError(sentence % {"line": line.strip()[:60]})
        return name, text
