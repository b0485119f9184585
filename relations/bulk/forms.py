"""What the operations on many relations ask; changing properties asks in relations/bulk/."""

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.core import spelling
from crm.core.spreadsheets import MOST_IN_XLSX
from crm.core.templatetags.formats import amount
from relations.bulk import exporting, gathering
from relations.bulk.moving import Work
from relations.models import Selection
from relations.pickers import RelationField, chosen_by

LATEST = timedelta(days=366)  # a client who gave notice leaves within the year


class BulkForm(forms.Form):
    """Of the draft `job`, by the employee `by`."""

    def __init__(self, *args, job, by, **options):
        super().__init__(*args, **options)
        self.job, self.by = job, by
        chosen_by(by, self)


class FormerSince(forms.Form):
    """R101"""

    since = forms.DateField(
        label=gettext_lazy("Former since"),
        help_text=gettext_lazy("From this day they are no clients any more. Hours, invoices and reports stay."),
        initial=timezone.localdate,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )

    def clean_since(self):
        since = spelling.day(self.cleaned_data["since"])
        if since > timezone.localdate() + LATEST:
            raise forms.ValidationError(_("This is more than a year from now. Choose an earlier date."))
        return since


class FormerForm(FormerSince, BulkForm):
    pass


class MoveForm(BulkForm):
    to = RelationField(
        label=gettext_lazy("Move to"),
        help_text=gettext_lazy("Number or name of the active relation that gets the work; not one of the selected."),
    )
    tasks = forms.ChoiceField(
        label=gettext_lazy("Tasks"),
        choices=[
            ("open", gettext_lazy("Open tasks")),
            ("all", gettext_lazy("All tasks, those that are done too")),
            ("", gettext_lazy("No tasks")),
        ],
        initial="open",
        required=False,
        widget=forms.RadioSelect,
    )
    activities = forms.BooleanField(
        label=gettext_lazy("Move client activities too, with their notes and attachments"), required=False
    )

    def clean_to(self):
        to = self.cleaned_data["to"]
        if to and self.job.items.filter(target=to).exists():
            raise forms.ValidationError(_("This is one of the selected relations. Choose another one."))
        return to

    def clean(self):
        answers = super().clean()
        if not self.errors and not (answers["tasks"] or answers["activities"]):
            raise forms.ValidationError(_("Choose what must be moved: tasks, activities, or both."))
        return answers

    @property
    def work(self):
        return Work(self.cleaned_data["tasks"], self.cleaned_data["activities"])


class GatherForm(BulkForm):
    """An existing selection, or the name of a new one."""

    selection = forms.ModelChoiceField(
        Selection.objects.none(),
        label=gettext_lazy("Selection"),
        required=False,
        empty_label=gettext_lazy("A new selection"),
    )
    name = forms.CharField(label=gettext_lazy("Name of the new selection"), max_length=80, required=False)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["selection"].queryset = gathering.of(self.by).order_by("name")

    def clean_name(self):
        return spelling.visible(self.cleaned_data["name"])

    def clean(self):
        answers = super().clean()
        name = answers.get("name")
        if not self.errors and bool(answers["selection"]) == bool(name):
            self.add_error("name", _("Choose a selection or type the name of a new one, one of the two."))
        elif name and gathering.of(self.by).filter(name=name).exists():
            self.add_error("name", _("You already have a selection with this name: choose it, or type another name."))
        return answers


class TakeOutForm(BulkForm):
    selection = forms.ModelChoiceField(
        Selection.objects.none(), label=gettext_lazy("Selection"), empty_label=gettext_lazy("Choose a selection")
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["selection"].queryset = gathering.of(self.by).order_by("name")


class ExportForm(BulkForm):
    format = forms.ChoiceField(
        label=gettext_lazy("File"),
        choices=[(exporting.CSV, "CSV"), (exporting.XLSX, "Excel (.xlsx)")],
        initial=exporting.CSV,
        widget=forms.RadioSelect,
    )
    columns = forms.MultipleChoiceField(
        label=gettext_lazy("Columns"),
        choices=exporting.CHOICES,
        initial=exporting.USUAL,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one column.")},
    )

    def clean_format(self):
        chosen = self.cleaned_data["format"]
        if chosen == exporting.XLSX and self.job.total > MOST_IN_XLSX:
            raise forms.ValidationError(
                _("An Excel file holds at most %(most)s relations here. Choose CSV, which holds any number.")
                % {"most": amount(MOST_IN_XLSX)}
            )
        return chosen
