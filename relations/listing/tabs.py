"""The tabs above the relations list: all relations, and the saved filters that an employee pinned or has open."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from crm.core.lists.counting import counts
from relations.listing import questions
from relations.models import Relation

ALL = 0  # no saved filter has this key


@dataclass(frozen=True)
class Tab:
    title: str
    url: str
    is_current: bool
    count: int | None = None  # None: not counted (yet)
    problem: str = ""  # why the filter is broken


def plain(listing):
    """Without counting anything but what the list counted already."""
    known = listing.saved.pk if listing.saved else ALL
    number = None if listing.problems or listing.is_changed or (known == ALL and listing.is_filtered) else listing.count
    return _tabs(listing.arrangement, listing.saved, {known: number}, current="saved" not in listing.parameters)


def counted(arrangement):
    """With what each would show now, and what is wrong with the broken ones; one query for all counts."""
    shown = questions.read(_shown(arrangement, arrangement.saved), by=arrangement.employee)
    rows = {saved.pk: saved.question.filtered for saved in shown if not saved.question.problems}
    found = counts({ALL: Relation.objects.active().visible_to(arrangement.employee), **rows})
    numbers = {key: found.get(key, 0) for key in (ALL, *rows)}
    return _tabs(arrangement, arrangement.saved, numbers, current=arrangement.saved is None)


def _tabs(arrangement, current_filter, numbers, *, current):
    everything = Tab(_("All relations"), f"{reverse('relations:relation_list')}?sort=name", current, numbers.get(ALL))
    return [everything] + [_tab(saved, current_filter, numbers) for saved in _shown(arrangement, current_filter)]


def _shown(arrangement, current):
    tabs = arrangement.tabs
    return tabs if current is None or current in tabs else [*tabs, current]


def _tab(saved, current, numbers):
    question = getattr(saved, "question", None)
    problem = question.problems[0] if question and question.problems else ""
    return Tab(saved.name, saved.get_absolute_url(), saved == current, numbers.get(saved.pk), problem)
