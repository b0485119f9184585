"""The forms of archiving, restoring and erasing: what they ask follows from the plan that was shown."""

import re
from datetime import date

from django import forms
from django.conf import settings
from django.core import validators
from django.utils.translation import gettext_lazy as _

from archiving import policies
from archiving.acts.erasing import EVERY_FILE
from archiving.models import ArchiveReason, ErasureReason

CHOOSE = [("", _("Choose a reason"))]
NO_REASON = {"required": _("Choose a reason.")}
A_REAL_YEAR = [
    validators.MinValueValidator(date(1900, 1, 1), _("Fill in a date from 1900 on.")),
    validators.MaxValueValidator(date(2199, 12, 31), _("Fill in a date before 2200.")),
]
COMMUNITY = [("keep", _("Keep")), ("delete", _("Delete"))]
FILES = [("keep", _("Keep all files")), ("delete", _("Delete all files"))]


class OtherRelationField(forms.CharField):
    """The number of an active relation outside the set; cleans to its key."""

    default_error_messages = {
        "required": _("Fill in the number of the relation that becomes the owner."),
        "unknown": _("There is no active relation with number %(number)s. Check the number and try again."),
        "in_set": _("Relation %(number)s is one of those that are archived now. Choose another one."),
    }

    def __init__(self, *, job, **options):
        super().__init__(max_length=40, **options)
        self.job = job

    def clean(self, value):
        number = super().clean(value)
        if not number:
            return None
        offered = policies.root().objects.selectable().visible_to(self.job.by)
        key = offered.filter(number=number).values_list("pk", flat=True).first()
        if key is None:
            raise forms.ValidationError(self.error_messages["unknown"], "unknown", {"number": number})
        if self.job.items.filter(target=key).exists():
            raise forms.ValidationError(self.error_messages["in_set"], "in_set", {"number": number})
        return key


class PlanForm(forms.Form):
    """Confirms a Plan or Preview of `job`; `expected` and `shown` say which state of affairs the person looked at."""

    expected = forms.CharField(widget=forms.HiddenInput, required=False)
    shown = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, job, plan, *args, **options):
        super().__init__(*args, **options)
        self.plan = plan
        for question in plan.questions:
            self.fields[answer_name(question)] = _field(question, job)

    @property
    def questions(self):
        return [self[answer_name(question)] for question in self.plan.questions]

    @property
    def parameters(self):
        """What the job needs to know, as JSON."""
        return {"answers": self.answers}

    @property
    def answers(self):
        given = {question.key: self.cleaned_data[answer_name(question)] for question in self.plan.questions}
        return {key: _plain(value) for key, value in given.items() if value not in (None, "")}


class ArchiveForm(PlanForm):
    reason = forms.ChoiceField(label=_("Reason"), choices=CHOOSE + ArchiveReason.choices, error_messages=NO_REASON)
    note = forms.CharField(label=_("Explanation"), widget=forms.Textarea({"rows": 2}), max_length=2000, required=False)
    confirmed = forms.BooleanField(
        label=_("I confirm that I want to archive these relations"),
        error_messages={"required": _("Tick that you want to archive these relations.")},
    )

    @property
    def parameters(self):
        return super().parameters | {name: self.cleaned_data[name] for name in ("reason", "note")}


class EraseForm(PlanForm):
    keep_files = forms.MultipleChoiceField(label=_("Documents to keep"), required=False)
    all_files = forms.ChoiceField(
        label=_("The documents in the dossiers"),
        choices=FILES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether to keep or to delete them.")},
    )
    reason = forms.ChoiceField(label=_("Reason"), choices=CHOOSE + ErasureReason.choices, error_messages=NO_REASON)
    typed = forms.CharField(
        max_length=60,
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": _("Type this to confirm, or cancel.")},
    )

    def __init__(self, job, plan, *args, to_type, label, **options):
        super().__init__(job, plan, *args, **options)
        self.to_type = to_type
        self.fields["typed"].label = label
        if is_one_choice(plan):
            del self.fields["keep_files"]
        else:
            del self.fields["all_files"]
            self.fields["keep_files"].choices = [(str(file.id), file.title) for file in plan.files]

    @property
    def parameters(self):
        kept = self.cleaned_data.get("keep_files", [])
        if self.cleaned_data.get("all_files") == "keep":
            kept = EVERY_FILE
        return super().parameters | {"reason": self.cleaned_data["reason"], "keep_files": kept}

    def clean_typed(self):
        typed = _ungrouped(self.cleaned_data["typed"])
        if typed != _ungrouped(self.to_type):
            raise forms.ValidationError(_("Type exactly %(expected)s to confirm."), "typed", {"expected": self.to_type})
        return typed

    def clean_keep_files(self):
        return [int(key) for key in self.cleaned_data["keep_files"]]


def is_one_choice(plan):
    """Whether its files are kept or deleted together: they are too many to name."""
    return plan.file_count > len(plan.files) or plan.file_count > settings.ARCHIVING_FILES_UP_TO


def _ungrouped(text):
    """Without what separates thousands in any language."""
    return re.sub(r"[.,\s]", "", text)


def _plain(value):
    return value.isoformat() if isinstance(value, date) else value


def answer_name(question):
    return f"answer_{question.key}"


def _field(question, job):
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
    return OtherRelationField(job=job, help_text=_("Relation number of the new owner"), **options)
