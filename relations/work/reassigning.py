"""Handing over many tasks at once: set-based, with the history of each, and exactly those that were shown (B2)."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from archiving import history
from archiving.reach import among
from crm.core.lists.fingerprints import fingerprint, refuse_unless_shown, tally
from crm.core.refusals import Refusal, require
from relations.models import Task
from relations.rights import CHANGE

BECAUSE = "handed over"


@dataclass(frozen=True)
class Forecast:
    """What handing over would do: `changes` tasks change hands, the others stay as they are."""

    total: int
    finished: int
    already: int

    @property
    def changes(self):
        return self.total - self.finished - self.already


def forecast(tasks, assignee):
    """Counted in one query. A finished task keeps the name of who finished it."""
    is_open = Q(done_at=None)
    return Forecast(
        **tasks.order_by().aggregate(
            total=Count("pk"), finished=Count("pk", ~is_open), already=Count("pk", is_open & Q(assignee=assignee))
        )
    )


def to_hand_over(tasks, assignee):
    return tasks.filter(done_at=None).exclude(assignee=assignee)


def fingerprint_of(tasks, assignee):
    """Stands for exactly those of `tasks` that would change hands."""
    return fingerprint(*tally(to_hand_over(tasks, assignee)))


@transaction.atomic
def hand_over(tasks, *, assignee, expected, by):
    """Give the open ones of `tasks` to `assignee`; how many. `expected` is the fingerprint of those that were shown.

    Locked in the order of their keys, so that two colleagues who hand over the same tasks do not wait for each other;
    compared only then, so that what was shown is what is done.
    """
    require(by, CHANGE)
    if not assignee.is_active:
        raise Refusal(_("This colleague has left the office: choose another one."), status=422)
    rows = to_hand_over(tasks, assignee)
    list(rows.order_by("pk").select_for_update(of=("self",), no_key=True).values_list("pk", flat=True))
    refuse_unless_shown(rows, expected)
    found = list(rows.values_list("pk", flat=True))
    Task.objects.filter(pk__in=among(found)).update(assignee=assignee)
    history.record(Task, found, by=by, because=BECAUSE)
    return len(found)
