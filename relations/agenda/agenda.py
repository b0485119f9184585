"""What stands in the agenda of one employee, or of everybody, in a week: two queries, however much it is."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db.models import Prefetch
from django.utils import timezone

from relations.models import Appointment, Task, TaskLink
from relations.sight import seen_by

LONGEST = timedelta(days=31)  # of an appointment, so that those that began earlier are found without reading them all


@dataclass
class Day:
    date: date
    is_today: bool
    appointments: list = field(default_factory=list)
    tasks: list = field(default_factory=list)  # due that day and open


def days_of(period, *, today, reader, employee=None):
    """Every Day of `period` as `reader` may see it; of everybody when no `employee` is given."""
    appointments, tasks = _appointments(period, employee, reader), _tasks(period, employee, reader)
    return [
        Day(day, day == today, [a for a in appointments if _covers(a, day)], tasks.get(day, [])) for day in period.days
    ]


def start_of(day):
    return timezone.make_aware(datetime.combine(day, time.min))


def between(first, last, reader):
    """The appointments that touch a day from `first` to `last`, those that `reader` may see."""
    start, end = start_of(first), start_of(last + timedelta(days=1))
    rows = Appointment.objects.filter(starts_at__lt=end, starts_at__gte=start - LONGEST, ends_at__gte=start)
    return seen_by(reader, rows)


def _appointments(period, employee, reader):
    rows = between(period.first, period.last, reader).select_related("relation", "employee")
    rows = rows.filter(employee=employee) if employee else rows
    return list(rows.order_by("starts_at", "pk"))


def _covers(appointment, day):
    """One that ends at midnight does not reach into the next day."""
    first = timezone.localdate(appointment.starts_at)
    last = timezone.localdate(max(appointment.starts_at, appointment.ends_at - timedelta(seconds=1)))
    return first <= day <= last


def _tasks(period, employee, reader):
    links = TaskLink.objects.select_related("relation").order_by("relation__name", "pk")
    rows = seen_by(reader, Task.objects.filter(done_at=None, due_on__range=(period.first, period.last)))
    rows = rows.filter(assignee=employee) if employee else rows
    found = defaultdict(list)
    for task in rows.select_related("assignee").prefetch_related(Prefetch("links", links)).order_by("due_on", "pk"):
        found[task.due_on].append(task)
    return found
