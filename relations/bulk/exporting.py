"""Relations as a file: exactly those of a frozen set, the columns that were chosen, any number of rows.

An export is a job of which every relation is done at once, so that who took what out, and when, stands in the job
centre (B4). The file itself is made while it is downloaded and kept nowhere.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Case, F, Value, When
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.core.refusals import Refusal
from crm.core.templatetags import formats
from crm.jobs import freezing, settling
from crm.jobs.models import ItemState
from relations.listing.columns import TAG_NAMES
from relations.models import Relation, RelationKind, RelationStatus
from relations.models.access import WITHHELD_NAME

OPERATION = "export"
CSV, XLSX = "csv", "xlsx"
AVAILABLE = timedelta(hours=1)  # after this the values would be of another moment than the job says
CHUNK = 2000  # rows read from the database at a time
STATES = {"EXPORTED": ItemState.DONE, "ERASED": ItemState.SKIPPED}


@dataclass(frozen=True)
class Column:
    """`source` is what is read, or a function of the reader; `write` makes of it what stands in the cell."""

    label: str
    source: object
    write: Callable = lambda value: value
    is_usual: bool = False

    def read_by(self, reader):
        return self.source(reader) if callable(self.source) else self.source


def _field(name, *, write=lambda value: value, source=None, is_usual=False):
    return Column(Relation._meta.get_field(name).verbose_name, source or F(name), write, is_usual)


def _word(choices):
    return lambda value: str(dict(choices).get(value, value))


def _yes_no(value):
    return _("yes") if value else _("no")


def _debtor_number(reader):
    withheld = Relation.objects.withheld_from(reader).values("pk")
    name = Value(str(WITHHELD_NAME))
    return Case(When(invoice_debtor__in=withheld, then=name), default=F("invoice_debtor__number"))


# Without the citizen service number: the law lets it travel with tax returns, not with lists.
COLUMNS = {
    "number": _field("number", is_usual=True),
    "name": _field("name", is_usual=True),
    "kind": _field("kind", write=_word(RelationKind.choices), is_usual=True),
    "legal_form": _field("legal_form"),
    "status": _field("status", write=_word(RelationStatus.choices), is_usual=True),
    "former_since": _field("former_since"),
    "archived_at": Column(gettext_lazy("Archived at"), F("archival__at"), is_usual=True),
    "manager": _field("manager", source=F("manager__name"), is_usual=True),
    "tags": Column(gettext_lazy("Tags"), TAG_NAMES, ", ".join, is_usual=True),
    "street": _field("street", is_usual=True),
    "postal_code": _field("postal_code", is_usual=True),
    "city": _field("city", is_usual=True),
    "country": _field("country", is_usual=True),
    "mail_street": _field("mail_street"),
    "mail_postal_code": _field("mail_postal_code"),
    "mail_city": _field("mail_city"),
    "email": _field("email", is_usual=True),
    "phone": _field("phone", write=formats.phone, is_usual=True),
    "mobile": _field("mobile", write=formats.phone),
    "website": _field("website"),
    "newsletter": _field("newsletter", write=_yes_no),
    "opted_out_at": _field("opted_out_at"),
    "kvk_number": _field("kvk_number", is_usual=True),
    "vat_number": _field("vat_number"),
    "iban": _field("iban"),
    "invoice_debtor": _field("invoice_debtor", source=_debtor_number),
    "birth_date": _field("birth_date"),
    "created_at": _field("created_at"),
}
CHOICES = [(key, capfirst(column.label)) for key, column in COLUMNS.items()]
USUAL = [key for key, column in COLUMNS.items() if column.is_usual]


def plan(job, *, columns, format):
    """Every relation is in the file, also one that was archived since the set was frozen."""
    everything = When(pk__isnull=False, then=Value("EXPORTED"))
    return settling.plan(
        job, settling.ERASED, everything, states=STATES, parameters={}, shown={"columns": columns, "format": format}
    )


def archived_in(job):
    return freezing.targets(job).exclude(archival=None).count()


def is_available(job):
    return job.confirmed_at > timezone.now() - AVAILABLE


def refuse_unless_available(job):
    if not is_available(job):
        raise Refusal(_("This export is no longer available. Make a new one, so that it holds the values of now."), 410)


def rows(job, keys):
    """The heads, then a line a relation, by number; read piece by piece."""
    columns = [COLUMNS[key] for key in keys]
    yield [capfirst(str(column.label)) for column in columns]
    found = (
        freezing.targets(job, ItemState.DONE)
        .visible_to(job.by)
        .order_by("number")
        .values_list(*(column.read_by(job.by) for column in columns))
    )
    for values in found.iterator(chunk_size=CHUNK):
        yield [column.write(value) for column, value in zip(columns, values, strict=True)]


def run(job, items):
    """For crm.jobs.running; an export that was confirmed has nothing waiting."""
