from django.utils.translation import gettext_lazy as _

from billing.fields import POSITIVE
from billing.models import TimesheetLine
from crm.core.fields import AmountField
from crm.core.form_fields import DateField
from crm.core.optimistic import OptimisticForm
from relations.pickers import RelationField, RelationInput


class TimesheetLineForm(OptimisticForm):
    relation = RelationField(label=_("Relation"), widget=RelationInput(attrs={"list": "relation-suggestions"}))
    worked_on = DateField(label=_("Date"))
    hours = AmountField(label=_("Hours"), max_digits=5, decimal_places=2, max_value=24, **POSITIVE)
    rate = AmountField(label=_("Hourly rate"), max_digits=8, decimal_places=2, min_value=0)

    class Meta:
        model = TimesheetLine
        fields = ["relation", "worked_on", "service", "hours", "rate", "description", "billable"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.relation_id:
            self.initial["relation"] = self.instance.relation
