from django.contrib import messages
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from billing.agreements import orders
from billing.fields import DayForm
from billing.models import Order
from crm.core.answers import back
from crm.core.refusals import Refusal
from relations.models import Relation
from relations.rights import CHANGE, may_change, may_view
from relations.sight import get_seen_or_404


@require_safe
@may_view
def relation_orders(request, pk):
    """Every order, what is not delivered or not invoiced first (R96)."""
    relation = get_seen_or_404(request.user, Relation.objects, pk=pk)
    context = {
        "relation": relation,
        "open_orders": relation.orders.open().order_by("ordered_on", "pk"),
        "day_form": DayForm(auto_id=False),
        "may_change": request.user.has_perm(CHANGE) and not relation.is_erased,
    }
    return render(request, "billing/agreements/orders.html", context)


@require_POST
@may_change
def order_delivery(request, pk):
    order = orders.mark_delivered(_order(request, pk), on=_day(request), by=request.user)
    messages.success(request, _("Order %(number)s is marked as delivered.") % {"number": order.number})
    return back(request, "billing:relation_orders", order.relation_id)


@require_POST
@may_change
def order_invoicing(request, pk):
    order = orders.mark_invoiced(_order(request, pk), on=_day(request), by=request.user)
    messages.success(request, _("Order %(number)s is marked as invoiced.") % {"number": order.number})
    return back(request, "billing:relation_orders", order.relation_id)


def _order(request, pk):
    return get_seen_or_404(request.user, Order.objects, pk=pk)


def _day(request):
    form = DayForm(request.POST)
    if not form.is_valid():
        raise Refusal(_("Fill in a date, such as 31-12-2026. Nothing was changed."), status=422)
    return form.cleaned_data["on"]
