"""The column about the technical setup in lists of subscriptions, filled by the app that knows what it means."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

_registered = []


@dataclass(frozen=True)
class SetupColumn:
    """`values(ids)` gives {key of a subscription: its setup} in one query; `template` draws one as `setup`."""

    title: str
    values: Callable
    template: str


def register(column):
    _registered[:] = [column]


def title():
    return _registered[0].title if _registered else _("Technical setup")


def fill(subscriptions):
    """The subscriptions, each with `setup` and `setup_template`: one query for all of them."""
    rows = list(subscriptions)
    for column in _registered:
        values = column.values([row.pk for row in rows]) if rows else {}
        for row in rows:
            row.setup, row.setup_template = values.get(row.pk), column.template
    return rows
