from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from billing.agreements import price_agreements
from billing.agreements.forms import PriceAgreementForm
from billing.models import PriceAgreement
from relations.kept.pages import Kind, editing, form_page, kept_at, relation_at

AGREEMENT = Kind(
    PriceAgreementForm,
    "prijsafspraken",
    _("New price agreement"),
    _("Edit price agreement"),
    _("The price agreement has been saved."),
    save=price_agreements.save_agreement,
    template="billing/agreements/price_agreement.html",
)


@editing
def agreement_new(request, pk):
    new = PriceAgreement(relation=relation_at(request, pk), starts_on=timezone.localdate())
    return form_page(request, new, AGREEMENT)


@editing
def agreement(request, pk):
    return form_page(request, kept_at(request, PriceAgreement, pk), AGREEMENT)
