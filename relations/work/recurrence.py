"""When a task that repeats is due next, counted from the start of its series: the 31st stays the last of the month."""

from calendar import monthrange
from datetime import date, timedelta

from relations.models import Rhythm

MONTHS = {Rhythm.MONTH: 1, Rhythm.QUARTER: 3, Rhythm.YEAR: 12}


def day_of(start, rhythm, turn):
    """The day on which the `turn`-th task of a series is due; the first one, on `start`, is turn 0."""
    if rhythm == Rhythm.WEEK:
        return start + timedelta(weeks=turn)
    year, month = divmod(start.year * 12 + start.month - 1 + MONTHS[rhythm] * turn, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def next_day(task):
    """When the task after `task` is due, or None when there will be none."""
    if not task.rhythm:
        return None
    day = day_of(task.series_start or task.due_on, task.rhythm, task.turn + 1)
    return None if task.repeats_until and day > task.repeats_until else day
