"""The site's own worker, with an operation whose every turn can be counted: run by tests/ops/test_jobs.py.

`python -m tests.jobs.worker_app make 600` prints the number of a confirmed job, `run NUMBER` does it in this process.
"""

import os
import sys
import time

import django

django.setup()

from django.apps import apps  # noqa: E402
from django.conf import settings  # noqa: E402

from crm.accounts.models import Employee  # noqa: E402
from crm.celery import app  # noqa: E402
from crm.jobs import confirming, freezing, operations, running  # noqa: E402
from crm.jobs.models import ItemState  # noqa: E402
from crm.jobs.operations import Result  # noqa: E402

app.set_default()
app.conf.beat_schedule = {"revive": {"task": "crm.jobs.tasks.revive_jobs", "schedule": 1}}
settings.JOBS_CHUNK, settings.JOBS_CHUNK_SECONDS, settings.JOBS_SILENT_FOR = 20, 0.1, 2
OFFICE = "medewerker@kantoor.example"
SKIPPED, POISONOUS = 7, 101  # every so many relations


def leave_notes(job, items):
    """A note for each, which says in which process: a relation that is done twice has two."""
    time.sleep(0.004 * len(items))
    note = apps.get_model("relations.Note")
    skipped = {item.pk: Result(ItemState.SKIPPED, "ARCHIVED") for item in items if item.target_id % SKIPPED == 0}
    done = [item for item in items if item.pk not in skipped]
    text = f"{job.pk} {os.getpid()}"
    note.objects.bulk_create(note(relation_id=item.target_id, author=job.by, text=text) for item in done)
    refuse_poison(done)
    return skipped


def refuse_poison(items):
    """Fails with a name in the message, as an error of the database quotes a row."""
    for item in items:
        if item.target_id % POISONOUS == 0:
            raise ValueError(item.target.name)


operations.register(
    operations.Operation("test_notes", "Notes", "noted", "jobs.use_bulk", leave_notes, with_values=True)
)


def make(count):
    """A job over the first `count` relations, which are made when they are not there yet."""
    relation = apps.get_model(settings.ARCHIVING_ROOT)
    if not relation.objects.exists():
        relation.objects.bulk_create(relation(number=f"t{n}", name=f"Bakkerij {n}") for n in range(count))
    employee = Employee.objects.filter(email=OFFICE).first() or Employee.objects.create_superuser(
        OFFICE, "geheim-12345"
    )
    first = relation.objects.filter(pk__in=relation.objects.order_by("pk")[:count])
    return confirming.confirm(freezing.freeze(first, by=employee, operation="test_notes"), by=employee).pk


if __name__ == "__main__":
    number = int(sys.argv[2])
    print(make(number) if sys.argv[1] == "make" else running.run(number))
