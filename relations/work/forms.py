"""A new or changed task, what hangs under it, and the relation that it is linked to."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crm.accounts.models import Employee
from crm.accounts.pickers import employees
from crm.core import spelling
from crm.core.form_fields import DateField
from crm.core.optimistic import OptimisticForm
from relations.models import Rhythm, Task
from relations.pickers import RelationField
from relations.sight import seen_by
from relations.work.contents import MOST, documents_of

LONGEST = 200  # characters of one item of a checklist


class TaskForm(OptimisticForm):
    class Meta:
        model = Task
        fields = ["subject", "text", "assignee", "due_on", "rhythm", "repeats_until"]
        field_classes = {"subject": spelling.VisibleField, "due_on": DateField, "repeats_until": DateField}
        widgets = {"text": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "rhythm": _("The next task is made when this one is finished. Moving this one does not move the next."),
            "repeats_until": _("Leave empty to go on."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["assignee"].queryset = employees(self.instance.assignee_id)
        self.fields["assignee"].empty_label = _("Nobody")
        self.fields["rhythm"].choices = [("", _("does not repeat")), *Rhythm.choices]

    def clean(self):
        super().clean()
        rhythm, due_on = self.cleaned_data.get("rhythm"), self.cleaned_data.get("due_on")
        until = self.cleaned_data.get("repeats_until")
        if rhythm and not due_on and "due_on" not in self.errors:
            self.add_error("due_on", gettext("A task that repeats needs a day on which it is due."))
        if until and not rhythm:
            self.add_error("repeats_until", gettext("Empty this date, or choose how the task repeats."))
        elif until and due_on and until < due_on:
            self.add_error("repeats_until", gettext("This lies before the day on which the task is due."))


class NewTaskForm(TaskForm):
    relation = RelationField(label=_("Relation"))
    items = forms.CharField(
        label=_("Checklist"),
        required=False,
        help_text=_("One item a line."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    field_order = ["relation"]

    def clean_items(self):
        lines = [spelling.visible(line) for line in self.cleaned_data["items"].splitlines()]
        texts = [line for line in lines if line]
        if len(texts) > MOST:
            raise forms.ValidationError(gettext("A checklist has at most %(most)d items.") % {"most": MOST})
        if any(len(text) > LONGEST for text in texts):
            raise forms.ValidationError(gettext("One item has at most %(most)d characters.") % {"most": LONGEST})
        return texts


class TaskLinkForm(forms.Form):
    relation = RelationField(label=_("Relation to link"))


class ItemForm(forms.Form):
    text = spelling.VisibleField(label=_("New item"), max_length=LONGEST)


class DocumentForm(forms.Form):
    """One of the documents of the relations that `task` is linked to, as `by` may see them."""

    document = forms.ModelChoiceField(None, label=_("Document"), empty_label=_("Choose a document"))

    def __init__(self, *args, task, by, **kwargs):
        super().__init__(*args, **kwargs)
        linked = [reference["document"] for reference in task.references if "document" in reference]
        rows = seen_by(by, documents_of(task)).exclude(pk__in=linked)
        self.fields["document"].queryset = rows.order_by("title", "pk")


class ReferenceForm(forms.Form):
    title = spelling.VisibleField(label=_("Title"), max_length=200)
    location = spelling.VisibleField(
        label=_("Where it is"), max_length=300, required=False, help_text=_("A folder or an address, say.")
    )


class ColleagueForm(forms.Form):
    """Who gets the tasks that were ticked."""

    colleague = forms.ModelChoiceField(
        Employee.objects.filter(is_active=True), label=_("New assignee"), empty_label=_("Choose a colleague")
    )
