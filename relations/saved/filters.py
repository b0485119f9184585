"""Keeping filters of the relations list, changing what is kept, and arranging one's own list with them.

Whether a query is one the list understands is for the caller to see (relations/listing/questions.py): it is kept
as it is.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from crm.core.refusals import Refusal, require
from relations.models import FilterPin, ListPreference, SavedFilter
from relations.rights import VIEW
from relations.saved import sharing

MOST_TABS = 8  # each is counted whenever the list is opened


@transaction.atomic
def keep(*, name, query, sort="", columns=(), reach="me", by):
    """A new saved filter of `by`."""
    require(by, VIEW)
    new = SavedFilter(owner=by, query=query, sort=sort, columns=list(columns))
    return sharing.write(new, name=name, **sharing.reach_fields(reach, by=by))


@transaction.atomic
def change_question(saved, *, query, sort, version, by):
    """Keep other conditions and another order under the same name."""
    return sharing.write(sharing.locked(saved, by=by, version=version), query=query, sort=sort)


@transaction.atomic
def change_columns(saved, columns, *, by):
    """Its own columns; none: those of whoever opens it."""
    return sharing.write(sharing.locked(saved, by=by), columns=list(columns))


@transaction.atomic
def duplicate(saved, *, by):
    """The same under another name, of `by` alone."""
    require(by, VIEW)
    name = sharing.free_name(SavedFilter, saved.name, owner=by)
    return keep(name=name, query=saved.query, sort=saved.sort, columns=saved.columns, by=by)


@transaction.atomic
def pin(saved, *, by):
    require(by, VIEW)
    FilterPin.objects.get_or_create(employee=by, saved_filter=saved)
    seen = SavedFilter.objects.visible_to(by)  # what is not shared any more is no tab either
    if FilterPin.objects.filter(employee=by, saved_filter__in=seen).count() > MOST_TABS:
        raise Refusal(
            _("You have %(count)d tabs already, and more do not fit. Remove one of them first.") % {"count": MOST_TABS}
        )


def unpin(saved, *, by):
    require(by, VIEW)
    FilterPin.objects.filter(employee=by, saved_filter=saved).delete()


def open_with(saved, *, by):
    """The filter that opens the list of `by`; None: all relations."""
    require(by, VIEW)
    ListPreference.objects.update_or_create(employee=by, defaults={"default_filter": saved})


def choose_columns(columns, *, by):
    """The columns of every list of `by` that has none of its own; none: the usual ones."""
    require(by, VIEW)
    ListPreference.objects.update_or_create(employee=by, defaults={"columns": list(columns)})
