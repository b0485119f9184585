"""Bulk edit of one text field and one tag, its undo, and its pages: as jobs, through the real runner."""

from itertools import batched

from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from archiving import fences
from crm.accounts.models import Employee
from crm.demo import staff
from crm.jobs import freezing, running, undoing
from crm.jobs.confirming import confirm
from crm.jobs.models import Job
from relations.bulk.properties import previewing
from relations.models import Relation, RelationTag, Tag
from tests.bench import office
from tests.bench.measuring import Stopwatch, report, whatever_happens
from tests.bench.screens import CONFIRM_GOAL, page

CHUNK, SAMPLE = 1000, 1000
GOALS = {"bulk edit": 2, "undo": 3}


def measure(size, *, runs):
    with whatever_happens(f"bulk edit {size}"):
        _Edits(size, runs).measure()
    with whatever_happens(f"bulk edit pages {size}"):
        _pages(size)


class _Edits:
    """The same relations every run: changed and changed back."""

    def __init__(self, size, runs):
        self.size, self.runs = size, runs
        self.by = Employee.objects.get(email=staff.ADMIN)
        self.tag, _made = Tag.objects.get_or_create(name="Nieuwsbrief B")
        self.ids = list(Relation.objects.active().order_by("pk").values_list("pk", flat=True)[:size])
        RelationTag.objects.filter(tag=self.tag).delete()

    def measure(self):
        ours = {"preview": [], "bulk edit": [], "preview of undo": [], "undo": []}
        bare, naive = [], []
        for run in range(self.runs):
            office.tidy()
            bare.append(self._floor())
            naive.append(self._naive())
            office.tidy()
            job = self._previewed(ours["preview"], f"Laan {run}")
            ours["bulk edit"].append(_timed(lambda job=job: _run(confirm(job, by=self.by))))
            office.tidy()
            draft = self._proposed(ours["preview of undo"], job)
            ours["undo"].append(_timed(lambda draft=draft: self._undo(draft)))
        size = len(self.ids)
        report("bulk edit", size, ours["bulk edit"], bare, goal=GOALS["bulk edit"])
        report("undo of a bulk edit", size, ours["undo"], bare, goal=GOALS["undo"])
        report("preview of its undo", size, ours["preview of undo"], bare, goal=GOALS["undo"])
        report("preview of a bulk edit", size, ours["preview"], bare, goal=GOALS["bulk edit"])
        report(f"bulk edit against save(), of {SAMPLE} and scaled", size, ours["bulk edit"], naive, goal=1)

    def _previewed(self, seconds, street):
        job = freezing.freeze(Relation.objects.filter(pk__in=self.ids), by=self.by)
        changes = {"mail_street": {"how": "set", "value": street}, "tags": {"add": [self.tag.pk], "remove": []}}
        seconds.append(_timed(lambda: previewing.preview(job, changes, form={}, by=self.by)))
        job.refresh_from_db()
        return job

    def _proposed(self, seconds, job):
        job.refresh_from_db()
        seconds.append(_timed(lambda: undoing.propose(job, by=self.by)))
        return Job.objects.get(undoes=job)

    def _undo(self, draft):
        taken_back = _run(undoing.confirm(draft, by=self.by))
        if taken_back.done != len(self.ids):
            raise RuntimeError(f"{taken_back.done} of {len(self.ids)} undone")

    def _floor(self):
        """The bare UPDATE and INSERT for the same rows, by key, without history; taken back again."""
        watch = Stopwatch()
        for chunk in batched(self.ids, CHUNK):
            with transaction.atomic():
                with fences.lifted(), connection.cursor() as cursor, watch.running():
                    for sql, params in self._bare(list(chunk)):
                        cursor.execute(sql, params)
                transaction.set_rollback(True)
        return watch.seconds

    def _bare(self, chunk):
        yield "UPDATE relations_relation SET mail_street = %s WHERE id = ANY(%s)", ["x", chunk]
        yield (
            "INSERT INTO relations_relationtag (relation_id, tag_id) SELECT unnest(%s::bigint[]), %s",
            [chunk, self.tag.pk],
        )
        yield "SET CONSTRAINTS ALL IMMEDIATE", []

    def _naive(self):
        """save() with its history and get_or_create() of the tag, one relation at a time."""
        watch = Stopwatch()
        with transaction.atomic():
            with watch.running():
                for pk in self.ids[:SAMPLE]:
                    relation = Relation.objects.get(pk=pk)
                    relation.mail_street = "x"
                    relation.save()
                    RelationTag.objects.get_or_create(relation=relation, tag=self.tag)
            transaction.set_rollback(True)
        return watch.seconds * len(self.ids) / len(self.ids[:SAMPLE])


def _run(job):
    """As a worker does; a small job has run already."""
    running.run(job.pk)
    job.refresh_from_db()
    return job


def _pages(size):
    client = Client(SERVER_NAME="localhost")
    admin = Employee.objects.get(email=staff.ADMIN)
    client.force_login(admin)
    ids = list(Relation.objects.active().order_by("pk").values_list("pk", flat=True)[:size])
    job = freezing.freeze(Relation.objects.filter(pk__in=ids), by=admin)
    form = reverse("relations:bulk_properties", args=[job.pk])
    report("bulk edit form, first time", len(ids), [_timed(lambda: client.get(form))], goal=CONFIRM_GOAL)
    page(client, "bulk edit form", len(ids), form, CONFIRM_GOAL)
    changes = {"city": {"how": "set", "value": "Utrecht"}, "newsletter": {"how": "set", "value": True}}
    previewing.preview(job, changes, form={}, by=admin)
    page(
        client,
        "bulk edit confirm page",
        len(ids),
        reverse("relations:bulk_properties_preview", args=[job.pk]),
        CONFIRM_GOAL,
    )


def _timed(work):
    watch = Stopwatch()
    with watch.running():
        work()
    return watch.seconds
