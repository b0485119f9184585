"""The list of sign-ins."""

from django.utils.translation import gettext_lazy as _

from crm.accounts.filters import SignInFilter
from crm.accounts.models import SignIn
from crm.core.lists import Heading, Listing


class SignInListing(Listing):
    filterset_class = SignInFilter
    headings = (
        Heading("at", _("When"), order_by=["pk"]),
        Heading("employee", _("Employee")),
        Heading("method", _("How")),
        Heading("outcome", _("Outcome")),
    )
    default_sort = "-at"

    def __init__(self, parameters):
        super().__init__(parameters, SignIn.objects.select_related("employee"))
