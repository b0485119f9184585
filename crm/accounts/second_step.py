"""The second step at signing in: everybody may have one, administrators must where the settings say so."""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

HAS_ONE = "has_second_step"  # in the session, so that it is asked once
OPEN = ("account_", "mfa_", "usersessions_")  # names of the pages where one is set up
OPEN_PAGES = ("accounts:sign_in", "accounts:sign_out", "core:health")


def steps_of(employee):
    """Recovery codes alone are none: they come and go with the others."""
    return Authenticator.objects.filter(user=employee).exclude(type=Authenticator.Type.RECOVERY_CODES)


def is_only_one(authenticator):
    return authenticator.user.is_admin and not steps_of(authenticator.user).exclude(pk=authenticator.pk).exists()


class SecondStepMiddleware:
    """Sends an administrator without a second step to where it is set up, as long as there is none."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if not settings.SECOND_STEP_FOR_ADMINISTRATORS or not self._is_missed(request):
            return None
        if request.htmx:
            return HttpResponseClientRedirect("/account/")
        messages.warning(request, _("Administrators need a second step here. Set one up to go on."))
        return redirect("mfa_index")

    def _is_missed(self, request):
        name = request.resolver_match.view_name
        if not request.user.is_authenticated or name.startswith(OPEN) or name in OPEN_PAGES:
            return False
        if request.session.get(HAS_ONE) or not request.user.is_admin:
            return False
        request.session[HAS_ONE] = steps_of(request.user).exists()
        return not request.session[HAS_ONE]
