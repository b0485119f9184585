"""Several workers on one job, and jobs on the same relations, with real threads and real transactions (B4)."""

import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from crm.jobs import freezing, running, steering
from crm.jobs.models import ItemState, Job, JobState
from crm.jobs.operations import Result, Undo
from relations.models import Note, Relation
from tests.factories import EmployeeFactory
from tests.jobs.jobs import assert_counts_are_those_of_the_items, fill, undone, waiting_job

pytestmark = pytest.mark.django_db(transaction=True)


def together(*acts):
    """All at once, in a thread each; fails with what one of them raised."""
    barrier = threading.Barrier(len(acts))

    def run(act):
        try:
            barrier.wait(10)
            act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        list(pool.map(run, acts))


def leave_notes(job, items):
    time.sleep(0.01)
    Note.objects.bulk_create(Note(relation_id=i.target_id, author=job.by, text=str(job.pk)) for i in items)


@pytest.fixture
def worker():
    return EmployeeFactory()


@pytest.fixture(autouse=True)
def _small_chunks(settings):
    settings.JOBS_CHUNK = settings.JOBS_CHUNK_MOST = 7


class TestTwoWorkers:
    def test_do_each_relation_once(self, worker, operation):
        operation(leave_notes)
        job = waiting_job(120, worker)

        together(lambda: running.run(job.pk), lambda: running.run(job.pk))

        assert set(Counter(Note.objects.values_list("relation", flat=True)).values()) == {1}
        assert Note.objects.count() == 120
        job.refresh_from_db()
        assert (job.state, job.done) == (JobState.DONE, 120)
        assert_counts_are_those_of_the_items(job)

    def test_report_a_poisonous_row_once(self, worker, operation):
        job = waiting_job(60, worker)
        poisonous = job.items.order_by("target_id")[33].target_id

        def run(job, items):
            leave_notes(job, items)
            if poisonous in {item.target_id for item in items}:
                raise ValueError

        operation(run)

        together(lambda: running.run(job.pk), lambda: running.run(job.pk))

        job.refresh_from_db()
        assert (job.done, job.failed, Note.objects.count()) == (59, 1, 59)
        assert_counts_are_those_of_the_items(job)

    def test_wait_for_each_other_with_what_is_not_yet(self, worker, operation):
        """One has only rows that the other must make possible: they are not given up while the other is busy."""
        job = waiting_job(14, worker)
        last = job.items.order_by("target_id").last().target_id

        def run(job, items):
            if last in {item.target_id for item in items}:
                time.sleep(0.3)
                return {}
            ready = Job.objects.filter(pk=job.pk, done__gte=7).exists()
            return {} if ready else {item.pk: Result(ItemState.WAITING, "GONE") for item in items}

        operation(run)

        together(lambda: running.run(job.pk), lambda: running.run(job.pk))

        job.refresh_from_db()
        assert (job.state, job.done, job.skipped) == (JobState.DONE, 14, 0)


class TestJobsOnTheSameRelations:
    def test_both_do_all_of_theirs(self, worker, operation):
        def run(job, items):
            Relation.objects.filter(pk__in=[item.target_id for item in items]).update(city=str(job.pk))
            leave_notes(job, items)

        operation(run)
        one = waiting_job(60, worker)
        other = freezing.freeze(Relation.objects.all(), by=worker, operation="test")
        Job.objects.filter(pk=other.pk).update(state=JobState.QUEUED, confirmed_at=one.confirmed_at)

        together(lambda: running.run(one.pk), lambda: running.run(other.pk))

        assert set(Counter(Note.objects.values_list("relation", "text")).values()) == {1}
        assert Note.objects.count() == 120
        for job in (one, other):
            assert_counts_are_those_of_the_items(job)
            assert job.state == JobState.DONE


class TestRelationThatSomebodyWorksOn:
    def test_has_its_turn_later(self, worker, operation):
        job = waiting_job(10, worker)
        busy = job.items.order_by("target_id").first().target_id
        held, turns = threading.Event(), []
        operation(lambda job, items: turns.extend(item.target_id for item in items))

        def hold():
            with transaction.atomic():
                Relation.objects.select_for_update().get(pk=busy)
                held.set()
                time.sleep(0.3)

        def work():
            held.wait(10)
            running.run(job.pk)

        together(hold, work)

        job.refresh_from_db()
        assert (job.done, turns[-1]) == (10, busy)


class TestStop:
    def test_lets_undoing_find_the_job_at_rest(self, worker, operation):
        """What a worker still has in hand when the job is stopped is not missed by who undoes it."""
        found, begun = [], threading.Event()

        def run(job, items):
            begun.set()
            time.sleep(0.3)

        def counting_fill(job, draft):
            found.append(job.items.filter(state=ItemState.DONE).count())
            fill(job, draft)

        operation(run, undo=Undo("test", counting_fill, lambda draft: None))
        job = waiting_job(20, worker)
        job.items.filter(pk=job.items.first().pk).update(state=ItemState.DONE)
        Job.objects.update(done=1)

        def stop_and_undo():
            begun.wait(10)
            steering.stop(job, by=worker)
            undone(job, by=worker)

        together(lambda: running.run(job.pk), stop_and_undo)

        job.refresh_from_db()
        assert found == [8]
        assert (job.state, job.done, job.skipped) == (JobState.DONE, 8, 12)
        assert_counts_are_those_of_the_items(job)
