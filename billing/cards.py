"""What billing tells an employee on the start page."""

from decimal import Decimal

from django.db.models import Count, DecimalField, F, Sum
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from billing.models import TimesheetLine
from crm.core.cards import Card, register
from crm.core.charts import chart_of_months
from crm.core.templatetags import formats
from relations.rights import VIEW

MONEY = DecimalField(max_digits=14, decimal_places=2)


def unbilled_hours(employee, today):
    """The employee's own hours that stand on no invoice yet, by the month in which they were worked."""
    mine = TimesheetLine.objects.unbilled().filter(employee=employee).order_by()
    months = (
        mine.annotate(month=TruncMonth("worked_on"))
        .values("month")
        .annotate(written=Sum("hours"), amount=Sum(F("hours") * F("rate"), output_field=MONEY))
    )
    rows = list(months)
    values = {row["month"]: row["written"] for row in rows}
    title = gettext("Unbilled hours by the month in which they were worked")
    return {
        "hours": sum(values.values(), Decimal(0)),
        "amount": sum((row["amount"] for row in rows), Decimal(0)),
        "relations": mine.aggregate(count=Count("relation", distinct=True))["count"],
        "chart": chart_of_months(values, title=title, today=today, write=formats.hours),
    }


register(Card("te-factureren", _("My hours to invoice"), "billing/cards/unbilled.html", unbilled_hours, VIEW, order=40))
