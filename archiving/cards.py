"""What archiving tells on the start page."""

from django.db.models import Count
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from archiving.acts.beginning import permission
from archiving.models import Archival
from archiving.plans.plan import Act
from crm.core.cards import Card, register
from crm.core.charts import chart_of_months, last_months


def archived_per_month(employee, today):
    """Acts of the last twelve months, also those that were undone or whose relation was erased since."""
    acts = Archival.objects.filter(at__date__gte=last_months(today)[0])
    counts = acts.annotate(month=TruncMonth("at")).values_list("month").annotate(Count("pk")).order_by("month")
    values = {month.date(): count for month, count in counts}
    title = gettext("Relations archived per month")
    return {"chart": chart_of_months(values, title=title, today=today), "total": sum(values.values())}


register(
    Card(
        "gearchiveerd",
        _("Archived per month"),
        "archiving/cards/per_month.html",
        archived_per_month,
        permission(Act.RESTORE),
        order=80,
        slow=True,
    )
)
