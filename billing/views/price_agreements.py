from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from billing.actions import price_agreements
from billing.forms import InstalmentFormSet, PriceAgreementForm
from billing.models import PriceAgreement
from billing.views.permissions import may_change
from relations.actions.relations import refuse_unless_active
from relations.models import Relation
from relations.sight import get_seen_or_404


@require_http_methods(["GET", "HEAD", "POST"])
@may_change
def agreement_new(request, pk):
    relation = get_seen_or_404(request.user, Relation.objects, pk=pk)
    return _agreement_page(request, PriceAgreement(relation=relation, starts_on=timezone.localdate()))


@require_http_methods(["GET", "HEAD", "POST"])
@may_change
def agreement(request, pk):
    return _agreement_page(
        request, get_seen_or_404(request.user, PriceAgreement.objects.select_related("relation"), pk=pk)
    )


def _agreement_page(request, edited):
    refuse_unless_active(edited.relation)
    form = PriceAgreementForm(request.POST or None, instance=edited)
    instalments = InstalmentFormSet(request.POST or None, instance=edited, prefix="termijn")
    if request.method == "POST" and _fits(form, instalments):
        _save(form, instalments, by=request.user)
        messages.success(request, _("The price agreement has been saved."))
        return redirect("relations:relation_tab", edited.relation_id, "prijsafspraken")
    billed = edited.instalments.exclude(invoice_line=None).order_by("due_on", "pk") if edited.pk else []
    context = {
        "agreement": edited,
        "relation": edited.relation,
        "form": form,
        "instalments": instalments,
        "billed": billed,
    }
    return render(request, "billing/price_agreement.html", context, status=422 if request.method == "POST" else 200)


def _fits(form, instalments):
    """Both are filled in well and the instalments, invoiced ones included, do not exceed the total."""
    if not (form.is_valid() & instalments.is_valid()):
        return False
    agreed = form.instance
    billed = sum(row.amount for row in agreed.instalments.exclude(invoice_line=None)) if agreed.pk else 0
    if instalments.amount() + billed > form.cleaned_data["total"]:
        form.add_error("total", _("The instalments come to more than this total. Change the total or an instalment."))
    return form.is_valid()


def _save(form, instalments, *, by):
    edited = form.save(commit=False)
    rows = instalments.save(commit=False)
    price_agreements.save_agreement(edited, rows, instalments.deleted_objects, by=by)
