"""Until when the law keeps something (1F); the periods are settings.RETENTION_YEARS."""

from datetime import date

from django.utils import timezone


def years_after(moment, years):
    """The same day so many years later, for a date or a moment; 29 February may become 1 March."""
    day = moment if type(moment) is date else timezone.localdate(moment)
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
