"""The forms of archiving, restoring and erasing: what they ask follows from the plan that was shown."""

from datetime import date

from django import forms
from django.core import validators
from django.utils.translation import gettext_lazy as _

from archiving import policies
from archiving.models import ArchiveReason, ErasureReason

CHOOSE = [("", _("Choose a reason"))]
NO_REASON = {"required": _("Choose a reason.")}
A_REAL_YEAR = [
    validators.MinValueValidator(date(1900, 1, 1), _("Fill in a date from 1900 on.")),
    validators.MaxValueValidator(date(2199, 12, 31), _("Fill in a date before 2200.")),
]
COMMUNITY = [("keep", _("Keep")), ("delete", _("Delete"))]


class OtherRelationField(forms.CharField):
    """The number of an active relation outside the set; cleans to its key."""

    default_error_messages = {
        "required": _("Fill in the number of the relation that becomes the owner."),
        "unknown": _("There is no active relation with number %(number)s. Check the number and try again."),
        "in_set": _("Relation %(number)s is one of those that are archived now. Choose another one."),
    }

    def __init__(self, *, not_these, **options):
        super().__init__(max_length=40, **options)
        self.not_these = set(not_these)

    def clean(self, value):
        number = super().clean(value)
        if not number:
            return None
        key = policies.root().objects.selectable().filter(number=number).values_list("pk", flat=True).first()
        if key is None:
            raise forms.ValidationError(self.error_messages["unknown"], "unknown", {"number": number})
        if key in self.not_these:
            raise forms.ValidationError(self.error_messages["in_set"], "in_set", {"number": number})
        return key


class PlanForm(forms.Form):
    """Confirms a plan. `expected` and `shown` say which state of affairs the person was looking at."""

    expected = forms.CharField(widget=forms.HiddenInput, required=False)
    shown = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, plan, *args, **options):
        super().__init__(*args, **options)
        self.plan = plan
        for question in plan.questions:
            self.fields[answer_name(question)] = _field(question, plan)

    @property
    def questions(self):
        return [self[answer_name(question)] for question in self.plan.questions]

    @property
    def answers(self):
        given = {question.key: self.cleaned_data[answer_name(question)] for question in self.plan.questions}
        return {key: value for key, value in given.items() if value not in (None, "")}


class ArchiveForm(PlanForm):
    reason = forms.ChoiceField(label=_("Reason"), choices=CHOOSE + ArchiveReason.choices, error_messages=NO_REASON)
    note = forms.CharField(label=_("Explanation"), widget=forms.Textarea({"rows": 2}), max_length=2000, required=False)
    confirmed = forms.BooleanField(
        label=_("I confirm that I want to archive these relations"),
        error_messages={"required": _("Tick that you want to archive these relations.")},
    )


class EraseForm(PlanForm):
    keep_files = forms.MultipleChoiceField(label=_("Documents to keep"), required=False)
    reason = forms.ChoiceField(label=_("Reason"), choices=CHOOSE + ErasureReason.choices, error_messages=NO_REASON)
    typed = forms.CharField(
        max_length=60,
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": _("Type this to confirm, or cancel.")},
    )

    def __init__(self, plan, *args, to_type, label, **options):
        super().__init__(plan, *args, **options)
        self.to_type = to_type
        self.fields["typed"].label = label
        self.fields["keep_files"].choices = [(str(file.id), file.title) for file in plan.files]

    def clean_typed(self):
        typed = self.cleaned_data["typed"].replace(".", "").strip()
        if typed != self.to_type.replace(".", ""):
            raise forms.ValidationError(_("Type exactly %(expected)s to confirm."), "typed", {"expected": self.to_type})
        return typed

    def clean_keep_files(self):
        return [int(key) for key in self.cleaned_data["keep_files"]]


def answer_name(question):
    return f"answer_{question.key}"


def _field(question, plan):
    options = {"label": question.sentence, "required": question.required}
    if question.kind == "tick":
        needed = _("Tick this if you want to go on, or cancel.")
        return forms.BooleanField(error_messages={"required": needed}, **options)
    if question.kind == "date":
        return forms.DateField(
            widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), validators=A_REAL_YEAR, **options
        )
    if question.kind == "community":
        needed = _("Choose whether to keep or to delete it.")
        return forms.ChoiceField(
            choices=COMMUNITY, widget=forms.RadioSelect, error_messages={"required": needed}, **options
        )
    return OtherRelationField(not_these=plan.root_ids, help_text=_("Relation number of the new owner"), **options)
