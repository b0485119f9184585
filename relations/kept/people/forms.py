"""A contact with the person it is, in one form; and the search for a person that comes first."""

from django import forms
from django.forms.models import fields_for_model, model_to_dict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crm.core import spelling
from crm.core.form_fields import DateField
from crm.core.templatetags import formats
from relations.kept.forms import KeptForm
from relations.models import Contact, Person

OF_PERSON = ["given_name", "prefix", "family_name", "email", "phone", "mobile", "birth_date"]
PHONES = ("phone", "mobile")


class PersonSearchForm(forms.Form):
    text = forms.CharField(
        label=_("Name or e-mail address"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )


class ContactForm(KeptForm):
    """`instance.person` is who it is: somebody who is known already is only made a contact, not changed as well."""

    class Meta:
        model = Contact
        fields = ["function", "department", "since", "until", "former_since"]
        field_classes = dict.fromkeys(["since", "until", "former_since"], DateField)
        help_texts = {
            "former_since": _("Left or does other work now? The contact stays with what was done together, as former.")
        }

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.person_fields = [] if self._is_known() else OF_PERSON
        classes = {"family_name": spelling.VisibleField, "birth_date": DateField}
        added = fields_for_model(Person, self.person_fields, field_classes=classes)
        self.fields = {**added, **self.fields}
        self.initial = model_to_dict(self.instance.person, self.person_fields) | self.initial
        self.initial |= {name: formats.phone(self.initial[name]) for name in PHONES if name in added}
        if not self.instance.pk:
            del self.fields["former_since"]

    def _is_known(self):
        return self.instance.pk is None and self.instance.person.pk is not None

    def of_person(self):
        return [self[name] for name in self.person_fields]

    def of_contact(self):
        return [field for field in self.visible_fields() if field.name not in self.person_fields]

    def clean(self):
        answers = super().clean()
        spelling.refuse_backward(self, "since", "until")
        for name in PHONES:
            self._spell(name)
        if self._is_known() and self.instance.same().exists():
            self.add_error(None, gettext("This person is a contact of this relation already."))
        for name in set(self.person_fields) & answers.keys():
            setattr(self.instance.person, name, answers[name])
        return answers

    def _spell(self, name):
        """An odd old number that nobody touches stays as it is."""
        if name not in self.cleaned_data:
            return
        if name not in self.changed_data:
            self.cleaned_data[name] = getattr(self.instance.person, name)
            return
        try:
            self.cleaned_data[name] = spelling.phone_number(self.cleaned_data[name])
        except forms.ValidationError as error:
            self.add_error(name, error)


def name_typed(text):
    """'Clara van der Meer' → the parts of a new person's name; an e-mail address is no name."""
    words = text.split()
    if not words or "@" in text:
        return {"email": text.strip()} if "@" in text else {}
    *before, family_name = words
    given = [word for word in before if not word.islower()]
    prefix = [word for word in before if word.islower()]
    return {"given_name": " ".join(given), "prefix": " ".join(prefix), "family_name": family_name}
