"""What the pages of staff ask."""

import hashlib
from contextlib import suppress

from django.contrib.auth.forms import AuthenticationForm
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

TRIES = 10  # wrong passwords in a row for one address
PAUSE = 300  # seconds after the first of them


class SignInForm(AuthenticationForm):
    """Guessing passwords goes slowly, whoever guesses and from wherever."""

    error_messages = {
        "invalid_login": _("This e-mail address and password do not belong together. Check both and try again."),
        "inactive": _("This account is not active any more. Ask an administrator."),
        "too_often": _("The password was wrong too often. Wait five minutes and try again."),
    }

    def clean(self):
        address = self.cleaned_data.get("username", "").casefold()
        tried = f"sign-in.{hashlib.sha256(address.encode()).hexdigest()}"
        if cache.get_or_set(tried, 0, PAUSE) >= TRIES:
            raise ValidationError(self.error_messages["too_often"], code="too_often")
        try:
            answers = super().clean()
        except ValidationError:
            with suppress(ValueError):  # the five minutes are just over
                cache.incr(tried)
            raise
        cache.delete(tried)
        return answers
