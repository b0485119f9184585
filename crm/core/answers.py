"""What a view says, and where it goes, when it is done."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme


def back(request, fallback, *args):
    """To the page of this site that the form names in `next`, else to the URL name `fallback`."""
    url = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())
    if is_ours and "/" in url:  # without it, Django takes the word for the name of an address
        return redirect(url)
    return redirect(fallback, *args)


def succeeded(request, sentence, *, undo):
    """Says so on the next page, with a button that posts to the address `undo` and so takes it back."""
    messages.success(request, sentence, extra_tags=undo)
