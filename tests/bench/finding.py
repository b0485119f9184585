"""How quickly things are found: the search of everything, the start page, and a relation with a long past."""

import warnings

from django.db import connection
from django.test import Client
from django.urls import reverse

from archiving import fences
from crm.accounts.models import Employee
from crm.demo import staff
from relations.models import Relation
from tests.bench import office
from tests.bench.measuring import whatever_happens
from tests.bench.screens import page

SEARCH_GOAL, TIMELINE_GOAL, START_GOAL, CARD_GOAL = 0.100, 0.080, 0.100, 1.0
SEARCHED = {
    "frequent": "bakker",
    "rare": "zuiderzee",
    "number": "10482",
    "start of a word": "jan",
    "two letters": "ja",
    "two words": "de wit",
}
ENTRIES = 50_000
# of fifty thousand: what of each kind, and the columns that differ
PAST = {
    "note": (20, "at, author_id, text", "{moment}, {employee}, 'Gebeld over de aangifte ' || n"),
    "message": (15, "at, direction, subject, body", "{moment}, 'in', 'Vraag ' || n, 'Wanneer kunt u bellen?'"),
    "clientactivity": (
        8,
        "done_at, owner_id, subject, kind, text",
        "{moment}, {employee}, 'Belafspraak ' || n, 'call', ''",
    ),
    "appointment": (
        5,
        "starts_at, ends_at, employee_id, subject, place, attendees",
        "{moment}, {moment}, {employee}, 'Gesprek ' || n, '', ''",
    ),
}
TASKS = 2
TASKS_DONE = """
WITH made AS (
    INSERT INTO relations_task (subject, text, kind, done_at, checklist, "references", rhythm, turn)
    SELECT 'Taak ' || n, '', 'normal', now() - n * interval '5 hours', '[]', '[]', '', 0
    FROM generate_series(1, %s) n RETURNING id
)
INSERT INTO relations_tasklink (task_id, relation_id) SELECT id, %s FROM made
"""


def measure(count):
    warnings.filterwarnings("ignore", message="No directory at")  # of static files: none are served
    client = Client(SERVER_NAME="localhost")
    admin = Employee.objects.get(email=staff.ADMIN)
    client.force_login(admin)
    for name, text in SEARCHED.items():
        with whatever_happens(f"search, {name}"):
            page(client, f"search, {name}", count, f"{reverse('core:search_suggestions')}?q={text}", SEARCH_GOAL)
    with whatever_happens("start page"):
        page(client, "start page", count, reverse("core:start"), START_GOAL)
    for key in ("belemmeringen", "archiefvoorstellen", "gearchiveerd"):
        with whatever_happens(f"card {key}"):
            page(client, f"card {key}", count, reverse("core:start_card", args=[key]), CARD_GOAL)
    with whatever_happens("relation with a long past"):
        _timeline(client, admin)


def _timeline(client, employee):
    relation = Relation.objects.active().order_by("-pk").first()
    _give_a_past(relation, employee)
    page(client, "relation page, timeline entries", ENTRIES, relation.get_absolute_url(), TIMELINE_GOAL)
    url = reverse("relations:timeline", args=[relation.pk])
    page(client, "timeline, first page", ENTRIES, url, TIMELINE_GOAL)
    page(client, "timeline, half-way", ENTRIES, f"{url}?voor={_half_way(relation)}", TIMELINE_GOAL)


def _give_a_past(relation, employee):
    values = {"moment": "now() - n * interval '1 hour'", "employee": employee.pk}
    with fences.lifted(), connection.cursor() as cursor:
        for table, (share, columns, expressions) in PAST.items():
            cursor.execute(
                f"INSERT INTO relations_{table} (relation_id, {columns}) SELECT {relation.pk}, "
                f"{expressions.format(**values)} FROM generate_series(1, {ENTRIES * share // 50}) n"
            )
        cursor.execute(TASKS_DONE, [ENTRIES * TASKS // 50, relation.pk])
    office.tidy()


def _half_way(relation):
    """A cursor in the middle of it: the moment of the 10,000th note."""
    at = relation.notes.order_by("-at").values_list("at", flat=True)[10_000]
    return f"{int(at.timestamp() * 1_000_000)}.10.1"
