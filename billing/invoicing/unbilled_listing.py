"""The overview of what is not invoiced yet, one row a relation."""

from django.db.models import DateField, DecimalField, F, Min, OuterRef, Subquery, Sum, Value
from django.db.models.functions import Coalesce, Least, Lower
from django.utils.translation import gettext_lazy as _

from billing.models import Instalment, TimesheetLine
from crm.core.lists import Heading, Listing
from relations.listing.filters import RelationFilter
from relations.models import Relation

MONEY = DecimalField(max_digits=14, decimal_places=2)
HOURS = DecimalField(max_digits=10, decimal_places=2)
NOTHING = Value(0)


class UnbilledListing(Listing):
    """What is sorted by is worked out for these relations alone: a few among all."""

    filterset_class = RelationFilter
    headings = (
        Heading("number", _("Number"), order_by=["number"]),
        Heading("name", _("Name"), order_by=[Lower("name")]),
        Heading("manager", _("Relation manager")),
        Heading("oldest", _("Oldest"), order_by=["oldest"]),
        Heading("hours", _("Hours"), order_by=["unbilled_hours"], numeric=True),
        Heading("amount", _("Amount"), order_by=["unbilled_amount"], numeric=True),
    )
    default_sort = "-amount"

    def __init__(self, parameters, *, by):
        lines = TimesheetLine.objects.unbilled().order_by()
        instalments = Instalment.objects.unbilled().order_by()
        owing = lines.values("relation").union(instalments.values("agreement__relation"))
        relations = Relation.objects.active().visible_to(by).filter(pk__in=owing).select_related("manager")
        super().__init__(parameters, relations.annotate(**_figures(lines, instalments)), by)


def _figures(lines, instalments):
    worked = lines.filter(relation=OuterRef("pk")).values("relation")
    agreed = instalments.filter(agreement__relation=OuterRef("pk")).values("agreement__relation")
    amount = F("hours") * F("rate")
    return {
        "unbilled_hours": Coalesce(_of(worked, Sum("hours"), HOURS), NOTHING, output_field=HOURS),
        "unbilled_amount": Coalesce(_of(worked, Sum(amount, output_field=MONEY), MONEY), NOTHING, output_field=MONEY)
        + Coalesce(_of(agreed, Sum("amount"), MONEY), NOTHING, output_field=MONEY),
        "oldest": Least(_of(worked, Min("worked_on"), DateField()), _of(agreed, Min("due_on"), DateField())),
    }


def _of(rows, figure, kind):
    return Subquery(rows.annotate(figure=figure).values("figure"), output_field=kind)
