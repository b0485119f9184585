"""The runner: every item gets one outcome, whatever one of them does (B4)."""

import logging

import pytest
from django.contrib.auth.models import Permission
from django.db import OperationalError, connection
from django.utils.translation import get_language

from crm.accounts.models import Employee
from crm.core.refusals import Refusal
from crm.jobs import confirming, freezing, operations, running, steering, tasks
from crm.jobs.models import ItemState, Job, JobState
from crm.jobs.operations import Result
from relations.models import Relation
from tests.factories import RelationFactory
from tests.jobs.jobs import job_over, waiting_job

pytestmark = pytest.mark.django_db
FOR_MANY = sorted(operation.key for operation in operations.known() if operation.is_for_many)


class TestEveryChunk:
    def test_speaks_the_language_of_who_began_the_job(self, employee, operation):
        spoken = []
        employee.language = "sv"
        employee.save()
        operation(lambda job, items: spoken.append(get_language()))

        confirming.confirm(job_over(1, employee), by=employee)

        assert spoken == ["sv"]
        assert get_language() == "nl"


class TestOneRowThatFails:
    def test_is_reported_and_sinks_no_other(self, employee, operation):
        job = job_over(20, employee)
        poisonous = job.items.order_by("target_id")[13].pk

        def run(job, items):
            if poisonous in {item.pk for item in items}:
                raise ValueError

        operation(run)

        job = confirming.confirm(job, by=employee)

        assert (job.state, job.done, job.failed) == (JobState.DONE, 19, 1)
        assert job.items.get(pk=poisonous).reason == "ERROR"

    def test_among_a_thousand_costs_a_handful_of_tries(self, employee, operation, settings):
        settings.JOBS_AT_ONCE = 1000
        job = job_over(1000, employee)
        poisonous = job.items.order_by("target_id")[776].pk
        tries = []

        def run(job, items):
            tries.append(len(items))
            if poisonous in {item.pk for item in items}:
                raise ValueError

        operation(run)

        job = confirming.confirm(job, by=employee)

        assert (job.done, job.failed) == (999, 1)
        assert len(tries) < 35
        assert sum(tries) < 3500

    def test_is_named_in_the_log_by_number_and_kind_alone(self, employee, operation, caplog):
        def run(job, items):
            raise ValueError("Jansen")

        operation(run)
        with caplog.at_level(logging.ERROR):
            confirming.confirm(job_over(1, employee), by=employee)

        assert "ValueError" in caplog.messages[0]
        assert "Jansen" not in caplog.messages[0]

    @pytest.mark.parametrize(
        ("error", "outcome"),
        [
            (Refusal("nee"), (ItemState.SKIPPED, "REFUSED")),
            (running.PermissionDenied(), (ItemState.SKIPPED, "NO_RIGHT")),
            (KeyError(), (ItemState.FAILED, "ERROR")),
        ],
    )
    def test_is_told_apart_by_its_cause(self, employee, operation, error, outcome):
        def run(job, items):
            raise error

        operation(run)

        job = confirming.confirm(job_over(2, employee), by=employee)

        assert set(job.items.values_list("state", "reason")) == {outcome}

    def test_against_a_rule_of_the_database_leaves_the_others(self, employee, operation):
        job = job_over(6, employee)
        first, *_others = job.items.order_by("target_id")

        def run(job, items):
            Relation.objects.filter(pk__in=[i.target_id for i in items]).update(city="Ede")
            if first.pk in {item.pk for item in items}:
                Relation.objects.filter(pk=first.target_id).update(status=None)

        operation(run)

        job = confirming.confirm(job, by=employee)

        assert job.items.get(pk=first.pk).reason == "CONSTRAINT"
        assert Relation.objects.filter(city="Ede").count() == 5


class TestNotYet:
    def test_gets_another_turn_and_is_done_when_that_helps(self, employee, operation):
        turns = []

        def run(job, items):
            turns.append(len(items))
            return {item.pk: Result(ItemState.WAITING, "GONE") for item in items[1:]}

        operation(run)

        job = confirming.confirm(job_over(4, employee), by=employee)

        assert (job.done, job.skipped, turns) == (4, 0, [4, 3, 2, 1])

    def test_is_skipped_when_it_does_not_help(self, employee, operation):
        operation(lambda job, items: {item.pk: Result(ItemState.WAITING, "GONE") for item in items})

        job = confirming.confirm(job_over(4, employee), by=employee)

        assert (job.state, job.skipped) == (JobState.DONE, 4)
        assert set(job.items.values_list("reason", flat=True)) == {"GONE"}


class TestRights:
    """They are asked again before every chunk."""

    def test_that_were_revoked_leave_the_rest_undone(self, employee, operation, settings):
        settings.JOBS_CHUNK = settings.JOBS_CHUNK_MOST = 3
        operation(lambda job, items: employee.groups.clear())

        job = confirming.confirm(job_over(10, employee), by=employee)

        assert (job.state, job.done, job.skipped) == (JobState.DONE, 3, 7)
        assert set(job.items.filter(state=ItemState.SKIPPED).values_list("reason", flat=True)) == {"NO_RIGHT"}

    @pytest.mark.parametrize("key", FOR_MANY)
    def test_to_change_many_is_asked_again_when_it_runs(self, employee, key):
        """R60"""
        job = waiting_job(2, employee, operation=key)
        employee.user_permissions.set(Permission.objects.exclude(codename="use_bulk"))
        employee.groups.clear()

        running.run(job.pk)

        assert set(job.items.values_list("reason", flat=True)) == {"NO_RIGHT"}

    def test_to_change_many_is_not_asked_for_archiving(self):
        """R2: that one is a job also for who archives one relation."""
        assert {operation.key for operation in operations.known()} - set(FOR_MANY) == {"archive", "restore", "erase"}

    def test_of_who_left_after_confirming_do_not_count(self, employee, operation):
        job = waiting_job(5, employee)
        done = []
        operation(lambda job, items: done.extend(items))
        Employee.objects.filter(pk=employee.pk).update(is_active=False)

        running.run(job.pk)

        job.refresh_from_db()
        assert (job.state, job.skipped, done) == (JobState.DONE, 5, [])


class TestMessage:
    def test_delivered_twice_does_the_work_once(self, employee, operation):
        job = waiting_job(5, employee)
        done = []
        operation(lambda job, items: done.extend(item.pk for item in items))

        tasks.run_job(job_id=job.pk)
        tasks.run_job(job_id=job.pk)

        assert sorted(done) == sorted(job.items.values_list("pk", flat=True))

    def test_of_a_newer_site_is_understood(self, employee, operation):
        job = waiting_job(1, employee)
        operation(lambda job, items: None)

        tasks.run_job(job_id=job.pk, hurry=True)

        job.refresh_from_db()
        assert job.state == JobState.DONE

    def test_for_a_job_that_is_gone_does_nothing(self):
        assert tasks.run_job(job_id=1) is None


class TestChunk:
    def test_ends_where_the_job_is_stopped(self, employee, operation, settings):
        settings.JOBS_CHUNK = settings.JOBS_CHUNK_MOST = 2

        def run(job, items):
            if job.done == 2:
                steering.stop(job, by=employee)

        operation(run)

        job = confirming.confirm(job_over(7, employee), by=employee)

        assert (job.state, job.done, job.waiting) == (JobState.STOPPED, 4, 3)

    def test_tries_again_when_somebody_was_in_the_way(self, employee, operation, monkeypatch):
        monkeypatch.setattr(running.time, "sleep", lambda seconds: None)
        tries = []

        def run(job, items):
            tries.append(1)
            if len(tries) < 3:
                raise OperationalError from psycopg_deadlock()

        operation(run)

        job = confirming.confirm(job_over(3, employee), by=employee)

        assert (job.done, len(tries)) == (3, 3)

    def test_gives_up_on_a_row_that_somebody_keeps(self, employee, operation, monkeypatch):
        monkeypatch.setattr(running.time, "sleep", lambda seconds: None)

        def run(job, items):
            raise OperationalError from psycopg_deadlock()

        operation(run)

        job = confirming.confirm(job_over(2, employee), by=employee)

        assert set(job.items.values_list("state", "reason")) == {(ItemState.FAILED, "BUSY")}

    @pytest.mark.parametrize("size", [3, 30])
    def test_takes_a_fixed_number_of_queries(self, employee, operation, django_assert_num_queries, size):
        job = waiting_job(size, employee)
        operation(lambda job, items: None)

        with django_assert_num_queries(QUERIES):
            running.run(job.pk)


# the start; a chunk: job, hold, take, one of the right, two to record; a second look: job, hold, take, count; the end;
# and the savepoints around the two looks
QUERIES = 16


def psycopg_deadlock():
    class Deadlock(Exception):
        sqlstate = "40P01"

    return Deadlock()


class TestItemOfAnErasedRelation:
    def test_that_goes_before_its_turn_counts_as_skipped(self, employee, operation):
        """R32: the item goes with its relation, the count stays."""
        job = waiting_job(3, employee)
        operation(lambda job, items: None)
        job.items.first().delete()

        running.run(job.pk)

        job.refresh_from_db()
        assert (job.state, job.total, job.done, job.skipped, job.waiting) == (JobState.DONE, 3, 2, 1, 0)

    def test_that_the_job_itself_takes_away_counts_as_done(self, employee, operation):
        job = waiting_job(3, employee)
        operation(lambda job, items: job.items.all().delete() and None)

        running.run(job.pk)

        job.refresh_from_db()
        assert (job.done, job.skipped) == (3, 0)


class TestLostConnection:
    def test_ends_the_run_and_leaves_what_waits(self, employee, operation, monkeypatch):
        job = waiting_job(3, employee)

        def run(job, items):
            raise OperationalError

        operation(run)
        monkeypatch.setattr(connection, "is_usable", lambda: False)
        monkeypatch.setattr(connection, "close", lambda: None)

        with pytest.raises(OperationalError):
            running.run(job.pk)

        assert job.items.filter(state=ItemState.WAITING).count() == 3

    def test_is_no_error_for_who_confirmed(self, employee, operation, monkeypatch):
        def lost(job_id):
            raise OperationalError

        operation(lambda job, items: None)
        monkeypatch.setattr(running, "run", lost)

        job = confirming.confirm(job_over(3, employee), by=employee)

        assert (job.state, job.waiting) == (JobState.QUEUED, 3)


class TestOrder:
    def test_is_that_of_the_keys_whatever_the_names_are(self, employee, operation, settings):
        """Locks are taken in that order everywhere."""
        settings.JOBS_CHUNK = settings.JOBS_CHUNK_MOST = 2
        names = ["C", "A", "B", "E", "D"]
        relations = [RelationFactory(name=name) for name in names]
        job = freezing.freeze(Relation.objects.all(), by=employee, operation="test")
        turns = []
        operation(lambda job, items: turns.extend(item.target_id for item in items))

        confirming.confirm(job, by=employee)

        assert turns == [relation.pk for relation in relations]
        assert Job.objects.get().done == 5


@pytest.mark.django_db(transaction=True)
class TestOthersWhoAreAsked:
    """A portal may take seconds to answer; nobody waits for a lock meanwhile."""

    def test_are_asked_before_the_transaction_about_what_it_then_does(self, employee, operation):
        seen = {}

        def outside(job, items):
            seen["locked"] = connection.in_atomic_block
            return [item.pk for item in items]

        operation(lambda job, items, answers: seen.update(asked=answers, done=[i.pk for i in items]), outside=outside)
        job = waiting_job(3, employee)

        running.run(job.pk)

        assert seen["locked"] is False
        assert seen["asked"] == seen["done"]
        assert len(seen["done"]) == 3

    def test_are_asked_nothing_for_who_lost_the_right(self, employee, operation):
        asked = []
        operation(lambda job, items, answers: None, outside=lambda job, items: asked.extend(items))
        job = waiting_job(3, employee)
        employee.groups.clear()

        running.run(job.pk)

        assert asked == []

    def test_are_asked_nothing_about_a_relation_that_is_withheld(self, employee, operation):
        asked = []
        operation(lambda job, items, answers: None, outside=lambda job, items: asked.extend(items))
        job = waiting_job(3, employee)
        withheld = job.items.first().target
        Relation.objects.filter(pk=withheld.pk).update(restricted=True)

        running.run(job.pk)

        assert withheld.pk not in [item.target_id for item in asked]
        assert len(asked) == 2

    def test_that_fail_end_in_the_outcome_of_the_rows(self, employee, operation):
        def outside(job, items):
            raise ValueError("broken")

        operation(lambda job, items, answers: None, outside=outside)
        job = waiting_job(2, employee)

        running.run(job.pk)

        job.refresh_from_db()
        assert (job.state, job.failed) == (JobState.DONE, 2)
