"""What is shown to somebody who is signed in stays in no cache."""

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
