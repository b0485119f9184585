"""The columns that the relations list can show, from which each employee and each saved filter makes a choice."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from crm.core import panels
from crm.core.lists import Heading
from crm.core.templatetags import formats
from relations.listing.filters import activity
from relations.models import Relation, RelationKind, RelationStatus, RelationTag
from relations.presenting import STATUS_TONES, Badge

FIXED = ("number", "name")  # always there, in this order: what a row is called and links by
USUAL = ("kind", "status", "manager", "tags", "city")  # and every column that another app fills

TAG_NAMES = ArraySubquery(
    RelationTag.objects.filter(relation=OuterRef("pk")).order_by("tag__name").values_list("tag__name")
)
LAST_CHANGE = Subquery(
    Relation.history.model.objects.filter(id=OuterRef("pk")).order_by("-history_date").values("history_date")[:1]
)


@dataclass(frozen=True)
class Column:
    """`value(relation)` for the rows of a page, drawn by `template` with `value`, or as it is without one.

    `needs`: fields to fetch. `annotation`: an expression, or a function that makes it once every app is ready, which
    `value` finds under the column's key with "_shown" behind it. `labelled`: on a narrow screen, where the heads are
    gone, the title stands before the value. `filled`: another app's column, asked once for all rows of the page.
    """

    key: str
    title: str
    value: Callable | None = None
    needs: Sequence = ()
    order_by: Sequence = ()
    annotation: object = None
    template: str = ""
    numeric: bool = False
    faint: bool = False
    labelled: bool = False
    filled: panels.Column | None = None

    @property
    def expression(self):
        return self.annotation() if callable(self.annotation) else self.annotation

    @property
    def heading(self):
        return Heading(self.key, self.title, self.order_by, self.numeric)

    @property
    def attributes(self):
        css = "num" if self.numeric else "faint" if self.faint else ""
        named = {"class": css, "data-label": self.title if self.labelled else ""}
        return format_html_join("", ' {}="{}"', [(name, value) for name, value in named.items() if value])


class Cell(NamedTuple):
    """`attributes` of its td: the same all the way down a column."""

    attributes: str
    template: str
    value: object


def _field(name):
    return lambda relation: getattr(relation, name)


def _phone(name):
    return lambda relation: formats.phone(getattr(relation, name))


def _day(name):
    def day(relation):
        value = getattr(relation, name)
        value = timezone.localtime(value) if hasattr(value, "tzinfo") and value else value
        return date_format(value, "SHORT_DATE_FORMAT") if value else ""

    return day


def _kind(relation):
    return RelationKind(relation.kind).label  # get_kind_display() takes its time, fifty times a page


def _status(relation):
    status = RelationStatus(relation.status)
    return Badge(status.label, STATUS_TONES.get(status, ""))


OWN = [
    Column("kind", _("Kind"), _kind, ["kind"]),
    Column("status", _("Status"), _status, ["status"], ["status"], template="relations/listing/_badge_cell.html"),
    Column(
        "manager",
        _("Relation manager"),
        lambda relation: relation.manager.name if relation.manager else "",
        ["manager__name"],
    ),
    Column("tags", _("Tags"), lambda relation: ", ".join(relation.tags_shown), annotation=TAG_NAMES, faint=True),
    Column("city", _("City"), _field("city"), ["city"], [Lower("city")]),
    Column("street", _("Street and number"), _field("street"), ["street"]),
    Column("postal_code", _("Postal code"), _field("postal_code"), ["postal_code"]),
    Column("email", _("E-mail address"), _field("email"), ["email"]),
    Column("phone", _("Phone number"), _phone("phone"), ["phone"]),
    Column("mobile", _("Mobile number"), _phone("mobile"), ["mobile"]),
    Column("website", _("Website"), _field("website"), ["website"]),
    Column("legal_form", _("Legal form"), _field("legal_form"), ["legal_form"]),
    Column("kvk_number", _("KvK number"), _field("kvk_number"), ["kvk_number"], labelled=True),
    Column("vat_number", _("VAT number"), _field("vat_number"), ["vat_number"], labelled=True),
    Column("former_since", _("Former since"), _day("former_since"), ["former_since"], labelled=True),
    Column("last_activity", _("Last activity"), _day("last_activity_shown"), annotation=activity.latest, labelled=True),
    Column("last_change", _("Last change"), _day("last_change_shown"), annotation=LAST_CHANGE, labelled=True),
    Column("created_at", _("Created at"), _day("created_at"), ["created_at"], labelled=True),
]
# What the list can be sorted by does not depend on what is shown: an address means the same for everybody.
HEADINGS = (
    Heading("number", _("Number"), ["number"]),
    Heading("name", _("Name"), [Lower("name")]),  # the embedded server sorts by code point
    *(column.heading for column in OWN),
)


def offered():
    """{key: Column} of all that can be chosen, in the usual order."""
    others = [Column(c.key, c.title, numeric=c.numeric, labelled=True, filled=c) for c in panels.columns()]
    usual = [column for column in OWN if column.key in USUAL]
    return {column.key: column for column in [*usual, *others, *(c for c in OWN if c.key not in USUAL)]}


def chosen(keys):
    """The columns with these keys; the usual ones when there are none. One that is gone is left out: rows stay rows."""
    columns = offered()
    if keys:
        return [columns[key] for key in keys if key in columns]
    return [column for column in columns.values() if column.key in USUAL or column.filled]


def fill(relations, columns):
    """Give each of `relations` its `cells`: one query a column of another app, whatever the number of rows."""
    ids = [relation.pk for relation in relations]
    filled = {column.key: column.filled.written(ids) for column in columns if column.filled and ids}
    drawn = [(column, column.attributes) for column in columns]
    for relation in relations:
        relation.cells = [
            Cell(attributes, column.template, _shown(column, relation, filled)) for column, attributes in drawn
        ]


def _shown(column, relation, filled):
    return filled[column.key][relation.pk] if column.filled else column.value(relation)
