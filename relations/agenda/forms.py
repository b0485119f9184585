"""A new or changed appointment."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crm.accounts.pickers import employees
from crm.core import spelling
from crm.core.form_fields import MomentField
from crm.core.optimistic import OptimisticForm
from relations.agenda.agenda import LONGEST
from relations.models import Appointment
from relations.pickers import RelationField


class AppointmentForm(OptimisticForm):
    relation = RelationField(label=_("Relation"))
    starts_at = MomentField(label=_("Starts at"))
    ends_at = MomentField(label=_("Ends at"))

    class Meta:
        model = Appointment
        fields = ["relation", "subject", "starts_at", "ends_at", "employee", "place", "attendees"]
        field_classes = {"subject": spelling.VisibleField}
        widgets = {"attendees": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["employee"].queryset = employees(self.instance.employee_id)
        if self.instance.pk:
            self.fields["relation"].present = self.initial["relation"] = self.instance.relation

    def clean(self):
        super().clean()
        starts_at, ends_at = self.cleaned_data.get("starts_at"), self.cleaned_data.get("ends_at")
        if not (starts_at and ends_at):
            return
        if ends_at <= starts_at:
            self.add_error("ends_at", gettext("The appointment ends before it starts: choose a later time."))
        elif ends_at - starts_at > LONGEST:
            self.add_error("ends_at", gettext("An appointment takes at most 31 days."))
