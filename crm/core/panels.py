"""Panels: what an app shows on the page of one record. Each app registers its own in `panels.py` (autodiscovered)."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.translation import gettext as _

from crm.core.lists import counting
from crm.core.templatetags import formats

NEWEST = 50  # rows of a panel until somebody asks for all
AT_ONCE = 1000  # then
MOST_COUNTED = 1000  # on a tab: more is told as "1.000+", for counting fifty thousand notes takes its time


@dataclass(frozen=True)
class Panel:
    """A tab of the record's page.

    `rows(record)` gives a QuerySet, newest first; its length is the count on the tab. `template` draws the panel with
    `rows` (the newest 50, or 1,000 at once), `record` and `panel`. `actions(record, user)` gives [(label, url)] for the
    buttons in its head, shown while the record is active.
    """

    key: str  # also the last part of the tab's address
    title: str
    rows: Callable
    template: str
    order: int = 50
    actions: Callable | None = None
    permission: str = ""
    figures: bool = False  # holds figures that survive erasure, and is shown of an erased record too (R36)
    counted: bool = True
    always: bool = False  # a tab of its own also while there is nothing in it
    present: Callable | None = None  # present(rows, record) → what the template gets as `rows`

    def shown(self, record, begin=None):
        """The newest few, or a thousand from place `begin` on."""
        rows = self.rows(record)
        rows = rows[:NEWEST] if begin is None else rows[begin : begin + AT_ONCE]
        return self.present(rows, record) if self.present else rows


@dataclass(frozen=True)
class Column:
    """A list column that another app fills: `values(ids)` gives {id: value} in one query for the rows of a page.

    `write(value)` makes text of one; of nothing, or zero, a dash stands in the list.
    """

    key: str
    title: str
    values: Callable
    write: Callable
    numeric: bool = False
    order: int = 50
    in_head: bool = False  # of one record, it also stands in the head of its page

    def written(self, ids):
        """{id: text} of each of `ids`."""
        values, none = self.values(ids), _nothing()
        return {key: self.write(values[key]) if values.get(key) else none for key in ids}


def _nothing():
    return format_html(
        '<span class="faint" aria-hidden="true">–</span><span class="visually-hidden">{}</span>', _("none")
    )


_panels: dict[str, Panel] = {}
_columns: dict[str, Column] = {}


def register(panel):
    _panels[panel.key] = panel


class PanelKeyConverter:
    """In a URL pattern: the key of a panel that some app registered; other addresses are left to other patterns."""

    regex = "[a-z-]+"

    def to_python(self, value):
        if value not in _panels:
            raise ValueError(value)
        return value

    def to_url(self, value):
        return value


def register_column(column):
    _columns[column.key] = column


def panels(user):
    """What `user` may see, in the order of the tabs."""
    visible = [p for p in _panels.values() if not p.permission or user.has_perm(p.permission)]
    return sorted(visible, key=lambda p: p.order)


def columns():
    return sorted(_columns.values(), key=lambda c: c.order)


def counts(shown, record, *, whole=""):
    """{key: number of rows} of the panels in `shown`, in one query however many there are.

    No further than one beyond MOST_COUNTED, but for the panel with key `whole`.
    """
    rows = {panel.key: panel.rows(record).order_by() for panel in shown if panel.counted}
    return counting.counts({key: found if key == whole else found[: MOST_COUNTED + 1] for key, found in rows.items()})


def written(count):
    """A count as it stands on a tab: "" for none, with a plus when there are more."""
    shown = formats.amount(min(count, MOST_COUNTED)) if count else ""
    return f"{shown}+" if count and count > MOST_COUNTED else shown
