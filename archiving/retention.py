"""Until when the law keeps something (1F); the periods are settings.RETENTION_YEARS."""

from datetime import date

from django.utils import timezone


def years_after(moment, years):
    """The same day so many years later, for a date or a moment; the 29th of a month becomes the 28th."""
    day = moment if type(moment) is date else timezone.localdate(moment)
    return date(day.year + years, day.month, min(day.day, 28))
