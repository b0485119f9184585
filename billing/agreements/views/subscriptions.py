from django.contrib import messages
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from billing.agreements import setup_column, subscriptions
from billing.fields import DayForm
from billing.models import Subscription
from crm.core.answers import back
from crm.core.refusals import Refusal
from relations.models import Relation
from relations.rights import CHANGE, may_change, may_view
from relations.sight import get_seen_or_404


@require_safe
@may_view
def relation_subscriptions(request, pk):
    """Every subscription, those that run apart from those that ended (R44), each with its technical setup (R47)."""
    relation = get_seen_or_404(request.user, Relation.objects, pk=pk)
    may_write = request.user.has_perm(CHANGE)
    rows = setup_column.fill(relation.subscriptions.latest_first())
    today = timezone.localdate()
    context = {
        "relation": relation,
        "setup_title": setup_column.title(),
        "running": [row for row in rows if row.ends_on is None or row.ends_on >= today],
        "ended": [row for row in rows if row.ends_on and row.ends_on < today],
        "day_form": DayForm(auto_id=False),
        "may_change": may_write and not relation.is_erased,
        "may_add": may_write and relation.is_active,
    }
    return render(request, "billing/agreements/subscriptions.html", context)


@require_POST
@may_change
def subscription_end(request, pk):
    subscription = _subscription(request, pk)
    form = DayForm(request.POST)
    if not form.is_valid():
        raise Refusal(_("Fill in a date, such as 31-12-2026. Nothing was changed."), status=422)
    ended = subscriptions.end_subscription(subscription, on=form.cleaned_data["on"], by=request.user)
    messages.success(request, _("The last day of the subscription has been saved."))
    return back(request, "billing:relation_subscriptions", ended.relation_id)


def _subscription(request, pk):
    return get_seen_or_404(request.user, Subscription.objects, pk=pk)
