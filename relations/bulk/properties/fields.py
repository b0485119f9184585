"""Which properties of relations can be changed for many at once, in which ways, and what else that sets in motion."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from relations.models import Relation

TAGS = "tags"


class How(TextChoices):
    UNCHANGED = "unchanged", _("Unchanged")
    SET = "set", _("Set")
    FILL = "fill", _("Only where empty")
    APPEND = "append", _("Add to the end")
    REPLACE = "replace", _("Replace")
    CLEAR = "clear", _("Clear")


class Switch(TextChoices):
    """A yes-no field is only touched once that is asked for (R67)."""

    UNCHANGED = "unchanged", _("Unchanged")
    OFF = "off", _("Off")
    ON = "on", _("On")


class Option(TextChoices):
    """One option of a list (R68)."""

    REMOVE = "remove", _("Untick")
    UNCHANGED = "unchanged", _("Unchanged")
    ADD = "add", _("Tick")


SETTABLE = (How.SET, How.FILL, How.CLEAR)
WORDS = (How.SET, How.FILL, How.APPEND, How.REPLACE, How.CLEAR)
CHOSEN = (How.SET, How.REPLACE)
POINTING = (How.SET, How.FILL, How.REPLACE, How.CLEAR)


@dataclass(frozen=True)
class Property:
    """`effect` says what else follows from a change (R70)."""

    name: str
    hows: tuple = SETTABLE
    effect: str = ""

    @property
    def model_field(self):
        return Relation._meta.get_field(self.name)

    @property
    def label(self):
        return capfirst(self.model_field.verbose_name)

    @property
    def is_switch(self):
        return self.hows == ()

    @property
    def is_text(self):
        return self.model_field.get_internal_type() in ("CharField", "EmailField", "URLField") and not self.is_choice

    @property
    def is_choice(self):
        return bool(self.model_field.choices)

    @property
    def choices(self):
        return Switch.choices if self.is_switch else [(how.value, how.label) for how in (How.UNCHANGED, *self.hows)]


SECTIONS = [
    (
        _("General"),
        [
            Property(
                "status",
                CHOSEN,
                _("A former relation has a date; with another status that date goes."),
            ),
            Property("former_since", (How.SET, How.FILL), _("Only for relations that are former, or become it.")),
            Property("kind", CHOSEN),
            Property("legal_form", WORDS),
            Property("manager", POINTING, _("Lists of work and new tasks follow the relation manager.")),
        ],
    ),
    (
        _("Address"),
        [
            Property("street", WORDS),
            Property("postal_code"),
            Property("city", WORDS),
            Property("country", WORDS),
            Property("mail_street", WORDS),
            Property("mail_postal_code"),
            Property("mail_city", WORDS),
        ],
    ),
    (
        _("Contact details"),
        [
            Property("email", SETTABLE, _("Invoices, invitations and mailings go to this address.")),
            Property("phone"),
            Property("mobile"),
            Property("website"),
            Property("newsletter", (), _("Decides who gets the next mailing of the newsletter.")),
            Property("opted_out_at", (), _("Whoever opted out gets no mailings any more; the date is that of now.")),
        ],
    ),
    (
        _("Billing"),
        [
            Property(
                "invoice_debtor",
                POINTING,
                _("Invoices go to the invoice debtor, who cannot be archived as long as that is so."),
            ),
        ],
    ),
]
PROPERTIES = {each.name: each for _title, listed in SECTIONS for each in listed}


def label_of(name):
    return capfirst(Relation._meta.get_field(name).verbose_name)
