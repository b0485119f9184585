"""A quote of a relation, made for one of its activities or by itself."""

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from billing.models import Quote
from crm.core import spelling
from crm.core.fields import AmountField
from crm.core.form_fields import DateField
from relations.kept.forms import LONG, KeptForm

OFFERED = 50  # the newest activities


class QuoteForm(KeptForm):
    total = AmountField(label=_("Total"), max_digits=12, decimal_places=2, min_value=0)

    class Meta:
        model = Quote
        fields = ["title", "number", "issued_on", "total", "activity", "text"]
        field_classes = {
            "title": spelling.VisibleField,
            "number": spelling.VisibleField,
            "issued_on": DateField,
        }
        widgets = {"text": LONG}
        error_messages = {"number": {"unique": _("There is a quote with this number already: type another.")}}

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        activity = self.instance.activity
        if activity and not activity.relation.is_seen_by(self.by):
            del self.fields["activity"]  # it moved to a relation that is withheld: it stays, unnamed
        else:
            self.fields["activity"].queryset = self._activities()
        if self.instance.pk is None:
            self.initial["issued_on"] = timezone.localdate()

    def _activities(self):
        """Of the relation itself, and the present one wherever it is by now."""
        newest = self.instance.relation.activities.filter(archival=None).order_by("-pk").values("pk")[:OFFERED]
        mine = Q(pk__in=newest) | Q(pk=self.instance.activity_id)
        return self.fields["activity"].queryset.filter(mine).order_by("-pk")
