"""Locking a month of the timesheet, so that what is reported of it stays true; and opening it again."""

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from billing.models import MonthLock
from billing.models.months import ADVISORY
from crm.core.refusals import Refusal, require, when_taken

LOCK = "billing.lock_month"


@transaction.atomic
def lock_month(month, *, by):
    """Lock the month of which `month` is the first day. Waits for whoever is writing hours in it."""
    require(by, LOCK)
    if month.replace(day=1) >= timezone.localdate().replace(day=1):
        raise Refusal(_("This month has not ended yet: lock it when everybody has written the hours."), status=422)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [ADVISORY, month.year * 12 + month.month])
    with when_taken(_("This month is locked already.")):
        return MonthLock.objects.create(month=month.replace(day=1), by=by)


@transaction.atomic
def open_month(lock, *, by):
    """Let hours be written again; that it was locked stays on record."""
    require(by, LOCK)
    lifted = MonthLock.objects.open().filter(pk=lock.pk).update(lifted_by=by, lifted_at=timezone.now())
    if not lifted:
        raise Refusal(_("This month is open already."))
