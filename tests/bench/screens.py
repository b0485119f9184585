"""How quickly pages answer, in this process and warm."""

import warnings

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from archiving.acts import proposals
from archiving.plans.plan import Act
from crm.accounts.models import Employee
from crm.demo import staff
from relations.models import Relation
from tests.bench.measuring import Stopwatch, report, whatever_happens

WARM, RUNS = 3, 15
LIST_GOAL, CONFIRM_GOAL, COUNT_GOAL = 0.060, 0.300, 10
LISTS = {"list": "", "list, by status": "status=former", "list, searched": "q=bakker", "list, second page": "page=2"}
CONFIRMED = (1000, 100_000)


def measure(count):
    warnings.filterwarnings("ignore", message="No directory at")  # of static files: none are served
    client = Client(SERVER_NAME="localhost")
    admin = Employee.objects.get(email=staff.ADMIN)
    client.force_login(admin)
    for name, query in LISTS.items():
        with whatever_happens(name):
            page(client, name, count, f"{reverse('relations:relation_list')}?{query}", LIST_GOAL)
    for size in CONFIRMED:
        with whatever_happens(f"confirm page {size}"):
            _confirm(client, size, admin)


def _confirm(client, size, admin):
    """Archiving so many; a large set is counted when its page is first asked for, which is a measure of its own."""
    first = Relation.objects.active().order_by("pk").values("pk")[:size]
    watch = Stopwatch()
    with watch.running():
        job = proposals.propose(Act.ARCHIVE, Relation.objects.filter(pk__in=first), by=admin)
    report("freezing", job.total, [watch.seconds], goal=COUNT_GOAL)
    url = reverse("archiving:archive", args=[job.pk])
    report("confirm page, first time", job.total, [_timed(client, url)], goal=COUNT_GOAL)
    page(client, "confirm page", job.total, url, CONFIRM_GOAL)


def page(client, name, size, url, goal):
    for _ in range(WARM):
        answer = client.get(url)
    if answer.status_code != 200:
        raise RuntimeError(f"status {answer.status_code}")
    with CaptureQueriesContext(connection) as queries:
        client.get(url)
    asked = len(queries)  # now: the next request empties the log
    seconds = [_timed(client, url) for _ in range(RUNS)]
    report(name, size, seconds, goal=goal, queries=asked, bytes=len(answer.content))


def _timed(client, url):
    watch = Stopwatch()
    with watch.running():
        client.get(url)
    return watch.seconds
