"""An agenda as a file that calendar programmes read (RFC 5545)."""

from datetime import UTC, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from relations.agenda import agenda

BEFORE, AFTER = timedelta(days=60), timedelta(days=400)
REFRESH = timedelta(hours=1)


def calendar_of(employee, *, today):
    """The appointments of `employee` around `today` that they may see, as bytes; one query.

    Erasing deletes appointments, so that nobody who was erased is named here. Moments are in UTC: no definitions of
    time zones are needed, and every programme shows them in the reader's own.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Archivaris//NL")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _("Archivaris agenda"))
    calendar.add("refresh-interval", REFRESH, parameters={"value": "DURATION"})
    rows = agenda.between(today - BEFORE, today + AFTER, employee).filter(employee=employee, relation__erasure=None)
    for appointment in rows.select_related("relation").order_by("starts_at", "pk"):
        calendar.add_component(_event(appointment))
    return calendar.to_ical()


def _event(appointment):
    event = Event()
    event.add("uid", f"appointment-{appointment.pk}@archivaris")
    event.add("dtstamp", timezone.now().astimezone(UTC))
    event.add("dtstart", appointment.starts_at.astimezone(UTC))
    event.add("dtend", appointment.ends_at.astimezone(UTC))
    event.add("summary", f"{appointment.subject} – {appointment.relation.name}")
    if appointment.place:
        event.add("location", appointment.place)
    return event
