"""What is planned with a relation and what was done, from all that happens around it, in one query each (R100).

What happens is found in many tables. Of each the newest few are read by its own index, and then put in one order; a
page begins where the one before ended, so that the last page of fifty thousand entries costs what the first does.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from django.db.models import (
    DateTimeField,
    DecimalField,
    F,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    TextField,
    Value,
)
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext as _

from crm.core.refusals import Refusal
from relations.rights import VIEW

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
CURSOR = re.compile(r"(-?[0-9]{1,16})\.([0-9]{1,3})\.([0-9]{1,18})")
MOST_PLANNED = 200
AMOUNT = DecimalField(max_digits=14, decimal_places=2)


@dataclass(frozen=True)
class Source:
    """Rows of one kind, or of a part of it. `when`, `title`, `text`, `who`, `amount`: the field each is read from.

    `done(record)` gives those that lie behind us, `planned(record)` those that are still to come, if there are such;
    `to_do` is the field that says when, where it is another one. `panel`: the tab that shows all of them too;
    `url(record, pk)`: where one is looked at, when that is not that tab.
    """

    kind: str
    label: str
    done: Callable
    when: str
    panel: str = ""
    url: Callable | None = None
    planned: Callable | None = None
    to_do: str = ""
    is_day: bool = False
    title: str = ""
    text: str = ""
    who: str = ""
    amount: str = ""
    is_counted: bool = True  # by its tab, so that nothing there means that there are none
    icon: str = "document"
    permission: str = VIEW
    order: int = 50  # no two have the same: it is part of an entry's place
    kind_label: str = ""  # of the kind as a whole, when it has more parts
    is_contact: bool = False

    def address(self, record, pk):
        return self.url(record, pk) if self.url else reverse("relations:relation_tab", args=[record.pk, self.panel])


@dataclass(frozen=True)
class Entry:
    source: Source
    when: datetime | None
    title: str
    text: str
    who: str
    amount: Decimal | None
    url: str
    cursor: str


_sources: dict[int, Source] = {}  # by order, which stands in every row


def register(source):
    _sources[source.order] = source


def sources(employee):
    visible = [source for source in _sources.values() if employee.has_perm(source.permission)]
    return sorted(visible, key=lambda source: source.order)


def planned(record, among, *, limit):
    """What is still to come, the first one first; what has no date last."""
    rows = [_rows(s, s.planned(record), s.to_do or s.when, limit, ascending=True) for s in among if s.planned]
    order = [F("when").asc(nulls_last=True), "rank", "key"]
    return _entries(record, rows, order, limit)


def done(record, among, *, limit, before=""):
    """What lies behind us, the newest first; `before` is the cursor of the entry that the page before ended with."""
    cursor = _cursor(before) if before else None
    rows = [_rows(source, source.done(record), source.when, limit, cursor=cursor) for source in among]
    return _entries(record, rows, ["-when", "rank", "-key"], limit)


def last_contact(record, employee):
    """When somebody last spoke or wrote with the relation; None when nobody ever did."""
    entries = done(record, [source for source in sources(employee) if source.is_contact], limit=1)
    return entries[0].when if entries else None


# --- one kind ---------------------------------------------------------------------------------------------------------


def _rows(source, rows, when, limit, *, cursor=None, ascending=False):
    """The first `limit` of `rows` in one shape, so that they can be put in one order with rows of other kinds."""
    columns = {
        "rank": Value(source.order, IntegerField()),
        "key": F("pk"),
        "when": _moment(source, when),
        "headline": _text(source.title),
        "body_text": _text(source.text),
        "by_name": _name(rows.model, source.who),
        "sum": Cast(source.amount or Value(None), AMOUNT),
    }
    rows = rows.annotate(**columns)
    if cursor:
        rows = rows.filter(_after(cursor, source.order, "when" if source.is_day else when))
    order = [F(when).asc(nulls_last=True), "pk"] if ascending else [F(when).desc(), "-pk"]
    return rows.order_by(*order).values_list(*columns)[:limit]


def _moment(source, when):
    """A day as the moment at which it begins."""
    return Cast(when, DateTimeField()) if source.is_day or when.endswith("_on") else F(when)


def _text(name):
    return Cast(name, TextField()) if name else Value("", TextField())


def _name(model, who):
    """Looked up for the few that are read: a join would make the database read and sort them all first."""
    key, _, name = who.partition("__")
    if not name:
        return _text(who)
    people = model._meta.get_field(key).related_model.objects.filter(pk=OuterRef(f"{key}_id"))
    return Cast(Subquery(people.order_by().values(name)), TextField())


def _after(cursor, rank, when):
    """Rows that come after the cursor in the order: newest first, at the same moment by kind, then the newest key."""
    moment, cursor_rank, key = cursor
    if rank < cursor_rank:
        return Q(**{f"{when}__lt": moment})
    found = Q(**{f"{when}__lte": moment})
    return found & (Q(**{f"{when}__lt": moment}) | Q(pk__lt=key)) if rank == cursor_rank else found


# --- all kinds together -----------------------------------------------------------------------------------------------


def _entries(record, rows, order, limit):
    if not rows:
        return []
    found = rows[0].union(*rows[1:], all=True).order_by(*order)[:limit] if len(rows) > 1 else rows[0]
    return [_entry(record, *row) for row in found]


def _entry(record, rank, key, when, title, text, who, amount):
    source = _sources[rank]
    return Entry(source, when, title, text, who or "", amount, source.address(record, key), _written(when, rank, key))


def _written(when, rank, key):
    """A cursor for an address: a moment and two numbers, nothing that says whom it is about."""
    return f"{(when - EPOCH) // MICROSECOND}.{rank}.{key}" if when else ""


def _cursor(text):
    found = CURSOR.fullmatch(text)
    if not found:
        raise Refusal(_("This address holds no place in the timeline. Go to its beginning."), status=400)
    return EPOCH + int(found[1]) * MICROSECOND, int(found[2]), int(found[3])
