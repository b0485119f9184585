"""The secret address of an employee's agenda: made, shown once, revoked."""

from secrets import token_urlsafe

from django.db import transaction
from django.utils import timezone

from crm.accounts.models import Employee
from crm.core.refusals import require
from relations.models import CalendarFeed
from relations.models.calendar_feeds import hash_of
from relations.rights import VIEW


@transaction.atomic
def make_feed(*, by):
    """The secret of a new address of `by`; the one before it does not work any more. It cannot be asked for again."""
    require(by, VIEW)
    Employee.objects.select_for_update(no_key=True).get(pk=by.pk)
    end_feeds(by)
    secret = token_urlsafe(32)
    CalendarFeed.objects.create(employee=by, secret_hash=hash_of(secret))
    return secret


@transaction.atomic
def revoke_feed(*, by):
    """Whether there was one to revoke."""
    require(by, VIEW)
    return bool(end_feeds(by))


def feed_with(secret):
    """The open feed of this secret, of an employee who may still look; None when there is none."""
    feed = CalendarFeed.objects.open().with_secret(secret).select_related("employee").first()
    if feed is None or not feed.employee.has_perm(VIEW):
        return None
    CalendarFeed.objects.filter(pk=feed.pk).exclude(read_on=timezone.localdate()).update(read_on=timezone.localdate())
    return feed


def open_feeds(employee):
    return CalendarFeed.objects.open().filter(employee=employee)


def end_feeds(employee, **_departure):
    """How many there were. Also when the employee leaves: the address would work again as soon as they come back."""
    return open_feeds(employee).update(revoked_at=timezone.now())
