"""What the browser is told: keep no copy of what is shown to who is signed in, and use none of the device's senses."""

from django.conf import settings
from django.utils.cache import add_never_cache_headers


class NoCopyMiddleware:
    """After signing out, "back" shows nothing; and going back during work shows how it is now, not how it was."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.user.is_authenticated:
            add_never_cache_headers(response)
        return response


class PermissionsPolicyMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response
        self.policy = ", ".join(f"{name}={who}" for name, who in settings.PERMISSIONS_POLICY.items())

    def __call__(self, request):
        response = self.get_response(request)
        response["Permissions-Policy"] = self.policy
        return response
