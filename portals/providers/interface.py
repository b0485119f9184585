"""What an adapter for a portal does. Each act may be repeated: what is so already is no error."""

from enum import StrEnum
from typing import Protocol

from django.utils.translation import gettext_lazy as _


class State(StrEnum):
    LINKED = "linked"
    UNLINKED = "unlinked"


# What went wrong, in words for whoever pressed the button; also what is told of the rows of a job.
ERRORS = {
    "PORTAL_SILENT": _("the portal does not answer: try again later"),
    "PORTAL_BROKEN": _("the portal reports a fault of its own: try again later"),
    "PORTAL_REFUSED": _("the portal refuses it: check the number and the key of the connection"),
    "PORTAL_GARBLED": _("the portal gives an answer that cannot be understood: ask its supplier"),
}


class ProviderError(Exception):
    """`code` is a key of ERRORS. Holds no number and no key: it ends up in logs."""

    def __init__(self, code):
        super().__init__(code)
        self.code = code

    @property
    def sentence(self):
        return str(ERRORS[self.code])


class Adapter(Protocol):
    """Each raises ProviderError when it is not sure to have happened."""

    def link(self, external_id: str) -> None: ...

    def unlink(self, external_id: str) -> None: ...

    def status(self, external_id: str) -> State: ...
