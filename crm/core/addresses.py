"""Reading the address of a page to the letter (B3). A list has filters, and a reader of its own: lists/addresses.py."""

from django.utils.translation import gettext as _

from crm.core.refusals import Refusal


def refuse_unless(parameters, *known):
    """Refuse an address that says something else than `known`, or the same thing twice, before anything is shown."""
    if any(name not in known for name in parameters):
        raise Refusal(
            _("The address of this page asks for something that does not exist. Open the page from the menu."),
            status=400,
        )
    if any(len(values) > 1 for _name, values in parameters.lists()):
        raise Refusal(
            _("The address of this page gives the same thing twice. Open the page from the menu and choose once more."),
            status=400,
        )


def is_key(text):
    """Whether `text`, from an address or a form, can be the key of a row: PostgreSQL knows none of 19 digits."""
    return text.isascii() and text.isdigit() and len(text) < 19
