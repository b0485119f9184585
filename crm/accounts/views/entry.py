"""Signing in and out, and what of one's own account needs more than allauth's pages."""

from allauth.account.views import LoginView
from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn.views import RemoveWebAuthnView
from django.contrib.auth.views import LogoutView
from django_htmx.http import HttpResponseClientRefresh

from crm.core.refusals import Refusal


class SignIn(LoginView):
    template_name = "accounts/sign_in.html"
    http_method_names = ["get", "head", "post"]

    def get(self, request, *args, **kwargs):
        """A fragment was asked after the session had ended: the whole page must sign in again, not a part of it."""
        return HttpResponseClientRefresh() if request.htmx else super().get(request, *args, **kwargs)


class PasskeyRemoval(RemoveWebAuthnView):
    def form_valid(self, form):
        adapter = get_adapter()
        if not adapter.can_delete_authenticator(self.object):
            raise Refusal(adapter.error_messages["cannot_delete_authenticator"])
        return super().form_valid(form)


sign_in = SignIn.as_view()
sign_out = LogoutView.as_view()
passkey_removal = PasskeyRemoval.as_view()
