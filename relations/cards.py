"""What relations tells an employee on the start page."""

from datetime import datetime, time, timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import F, Prefetch
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from archiving.acts.beginning import permission
from archiving.plans.plan import Act
from crm.core.cards import Card, register
from crm.core.lists import counting
from relations.blocked import causes as blocked
from relations.listing.listing import RelationListing
from relations.models import Appointment, RelationVisit, Task, TaskLink
from relations.rights import VIEW
from relations.sight import seen_by

ADMINISTER = permission(Act.RESTORE)
FEW = 5
DAYFUL = 12  # appointments on the card of today
LONGEST = timedelta(days=31)  # an appointment that began before that is not looked for


def my_tasks(employee, today):
    """Open ones, the first due first; how many there are, and how many should have been done."""
    mine = seen_by(employee, Task.objects.filter(assignee=employee, done_at=None))
    counts = counting.counts({"all": mine, "late": mine.filter(due_on__lt=today)})
    links = seen_by(employee, TaskLink.objects.filter(relation__erasure=None))
    links = links.select_related("relation").order_by("relation__name")
    tasks = mine.order_by(F("due_on").asc(nulls_last=True), "pk").prefetch_related(Prefetch("links", links))[:FEW]
    url = f"{reverse('relations:task_list')}?{urlencode({'assignee': employee.pk})}"
    return {"tasks": tasks, "count": counts["all"], "late": counts["late"], "url": url, "today": today}


def my_appointments(employee, today):
    """Those of today, also what began before it or ends after it; `more` when the agenda has more."""
    midnight = timezone.make_aware(datetime.combine(today, time.min))
    mine = seen_by(employee, Appointment.objects.filter(employee=employee))
    mine = mine.filter(starts_at__lt=midnight + timedelta(days=1))
    mine = mine.filter(starts_at__gte=midnight - LONGEST, ends_at__gte=midnight)
    found = list(mine.select_related("relation").order_by("starts_at", "pk")[: DAYFUL + 1])
    return {"appointments": found[:DAYFUL], "more": len(found) > DAYFUL, "url": reverse("relations:agenda")}


def seen_lately(employee, today):
    return {"visits": seen_by(employee, RelationVisit.objects.lately(employee))[:FEW]}


def cannot_be_archived(employee, today):
    """Why former relations are still there (B10)."""
    return {"causes": blocked.causes(employee), "url": reverse("relations:blocked_list")}


def suggested_for_archiving(employee, today):
    """Nothing done for so many months and nothing open: the same that the list shows with this filter."""
    query = urlencode(suggestion_of(settings.ARCHIVE_SUGGESTION_MONTHS))
    listing = RelationListing(QueryDict(query), by=employee)
    return {
        "relations": listing.filtered.order_by("pk")[:FEW],
        "months": settings.ARCHIVE_SUGGESTION_MONTHS,
        "url": f"{reverse('relations:relation_list')}?{query}",
    }


def suggestion_of(months):
    """[(name, value)] of the filter in an address."""
    older = f"older:{months}m"
    conditions = [f"1:activity:{older}", "1:activity:empty", f"created:{older}", "open_work:none"]
    return [("c", condition) for condition in [*conditions, "unbilled:none", "open_amount:none"]]


register(Card("taken", _("My tasks"), "relations/cards/tasks.html", my_tasks, VIEW, order=10))
register(
    Card("afspraken", _("Appointments today"), "relations/cards/appointments.html", my_appointments, VIEW, order=20)
)
register(Card("bekeken", _("Seen lately"), "relations/cards/seen.html", seen_lately, VIEW, order=30))
register(
    Card(
        "belemmeringen",
        _("Cannot be archived yet"),
        "relations/cards/blocked.html",
        cannot_be_archived,
        ADMINISTER,
        order=60,
        slow=True,
    )
)
register(
    Card(
        "archiefvoorstellen",
        _("Could be archived"),
        "relations/cards/suggested.html",
        suggested_for_archiving,
        ADMINISTER,
        order=70,
        slow=True,
    )
)
