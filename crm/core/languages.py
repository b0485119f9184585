"""Languages. A page is in that of its reader; what customers get and what is kept is in that of the office."""

from django.conf import settings
from django.utils.translation import override


def in_office_language():
    """For a mail or invoice to a customer, or a text that is stored, whoever is at work (context manager)."""
    return override(settings.LANGUAGE_CODE)


def known(code):
    """The language of this code, or that of the office when it is none (any more)."""
    return code if code in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
