from django.shortcuts import render
from django.views.decorators.http import require_safe

from billing.invoicing.listing import InvoiceListing
from relations.rights import may_view


@require_safe
@may_view
def invoice_list(request):
    listing = InvoiceListing(request.GET, by=request.user)
    return render(request, "billing/invoicing/list.html", {"listing": listing}, status=listing.status)
