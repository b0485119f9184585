"""Panels: what an app shows on the page of one record. Each app registers its own in `panels.py` (autodiscovered)."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Panel:
    """A tab of the record's page.

    `rows(record)` gives a QuerySet; its length is the count on the tab. `template` draws the panel with `rows`, `record`
    and `panel`. `actions(record, user)` gives [(label, url)] for the buttons in its head.
    """

    key: str  # also the last part of the tab's address
    title: str
    rows: Callable
    template: str
    order: int = 50
    actions: Callable | None = None
    permission: str = ""


@dataclass(frozen=True)
class Column:
    """A list column that another app fills: `values(ids)` gives {id: value} in one query for the rows of a page."""

    key: str
    title: str
    values: Callable
    template: str
    numeric: bool = False
    order: int = 50


_panels: dict[str, Panel] = {}
_columns: dict[str, Column] = {}


def register(panel):
    _panels[panel.key] = panel


def register_column(column):
    _columns[column.key] = column


def panels(user):
    """What `user` may see, in the order of the tabs."""
    visible = [p for p in _panels.values() if not p.permission or user.has_perm(p.permission)]
    return sorted(visible, key=lambda p: p.order)


def columns():
    return sorted(_columns.values(), key=lambda c: c.order)
