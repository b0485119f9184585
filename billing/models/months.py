"""Locked months: what was written in them stays as it is, whoever asks."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from archiving.fences import NOT_THE_ENGINE
from crm.core.refusals import explain

LOCKED = "BL001"  # the SQLSTATE of the refusal
explain(LOCKED, _("This month is locked: its hours cannot change any more. Ask an administrator to open it first."))
ADVISORY = 4801  # class of the locks by which writing hours and locking their month wait for each other

# Whoever locks a month takes its lock for himself; whoever writes shares it, and looks only then.
FUNC = """
IF TG_OP = 'UPDATE' AND ({unchanged}) THEN RETURN NEW; END IF;
IF TG_OP <> 'INSERT' THEN days := days || OLD.{day}; END IF;
IF TG_OP <> 'DELETE' THEN days := days || NEW.{day}; END IF;
FOREACH day IN ARRAY days LOOP
    PERFORM pg_advisory_xact_lock_shared({advisory}, (extract(year FROM day) * 12 + extract(month FROM day))::int);
    IF EXISTS (
        SELECT 1 FROM billing_monthlock WHERE month = date_trunc('month', day)::date AND lifted_at IS NULL
    ) THEN
        RAISE EXCEPTION 'month is locked' USING ERRCODE = '{locked}';
    END IF;
END LOOP;
IF TG_OP = 'DELETE' THEN RETURN OLD; ELSE RETURN NEW; END IF;
"""


def refuse_in_locked_month(day, *others):
    """A trigger on rows of which column `day` says the month; an update is refused when `day` or `others` change.

    Erasing empties texts whatever the month; invoicing changes none of these columns.
    """
    unchanged = " AND ".join(f"NEW.{name} IS NOT DISTINCT FROM OLD.{name}" for name in (day, *others))
    return pgtrigger.Trigger(
        name="locked_month",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        condition=NOT_THE_ENGINE,
        declare=[("day", "date"), ("days", "date[] := '{}'")],
        func=FUNC.format(day=day, unchanged=unchanged, advisory=ADVISORY, locked=LOCKED),
    )


class MonthLockQuerySet(models.QuerySet):
    def open(self):
        return self.filter(lifted_at=None)

    def months(self, first, last):
        """The first days of the locked months that reach into the days from `first` to `last`."""
        return set(
            self.open().filter(month__range=(first.replace(day=1), last.replace(day=1))).values_list("month", flat=True)
        )


class MonthLock(models.Model):
    """The hours of a month are final; open until it is lifted."""

    month = models.DateField(_("month"), help_text=_("Its first day."))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("locked by"))
    at = models.DateTimeField(_("locked at"), default=timezone.now)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("lifted by")
    )
    lifted_at = models.DateTimeField(_("lifted at"), null=True, blank=True)

    objects = MonthLockQuerySet.as_manager()

    class Meta:
        verbose_name = _("month lock")
        verbose_name_plural = _("month locks")
        default_permissions = ()
        permissions = [("lock_month", _("Can lock and open months of the timesheet"))]
        constraints = [
            models.UniqueConstraint(fields=["month"], condition=Q(lifted_at=None), name="monthlock_one_open_a_month"),
            models.CheckConstraint(condition=Q(month__day=1), name="monthlock_on_the_first_day"),
            models.CheckConstraint(
                condition=Q(lifted_at=None, lifted_by=None) | Q(lifted_at__isnull=False, lifted_by__isnull=False),
                name="monthlock_lifted_by_somebody",
            ),
        ]

    def __str__(self):
        return f"{self.month:%Y-%m}"
