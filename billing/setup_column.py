"""The column about the technical setup in lists of subscriptions, filled by the app that knows what it means."""

from django.utils.translation import gettext as _

_registered = []


def register(column):
    """`column`: a crm.core.panels.Column whose values are asked for by the keys of subscriptions."""
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
