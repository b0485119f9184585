"""A new support task, and the relation that a task is linked to."""

from django import forms
from django.utils.translation import gettext_lazy as _

from crm.accounts.models import Employee
from relations import spelling
from relations.models import Task
from relations.pickers import RelationField


class SupportTaskForm(forms.ModelForm):
    relation = RelationField(label=_("Relation"))
    due_on = forms.DateField(
        label=_("Due on"),
        required=False,
        validators=[spelling.day],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )

    class Meta:
        model = Task
        fields = ["relation", "subject", "text", "assignee", "due_on"]
        field_classes = {"subject": spelling.VisibleField}
        widgets = {"text": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["assignee"].queryset = Employee.objects.filter(is_active=True)


class TaskLinkForm(forms.Form):
    relation = RelationField(label=_("Relation to link"))
