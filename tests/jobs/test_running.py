"""The runner: every item gets one outcome, whatever one of them does (B4)."""

import pytest

from crm.jobs import confirming, freezing, operations
from crm.jobs.models import ItemState, JobState
from crm.jobs.operations import Operation, Result
from relations.models import Relation
from tests.factories import RelationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def operation(monkeypatch):
    """Registers what `run` of the test does, as operation "test"."""

    def register(run):
        known = Operation("test", "Test", "tested", "jobs.use_bulk", run)
        monkeypatch.setitem(operations._operations, "test", known)

    return register


def job_over(count, by):
    RelationFactory.create_batch(count)
    return freezing.freeze(Relation.objects.all(), by=by, operation="test")


class TestOneRowThatFails:
    def test_is_reported_and_sinks_no_other(self, employee, operation):
        job = job_over(20, employee)
        poisonous = job.items.order_by("target")[13].pk

        def run(job, items):
            if poisonous in {item.pk for item in items}:
                raise ValueError

        operation(run)

        job = confirming.confirm(job, by=employee)

        assert (job.state, job.done, job.failed) == (JobState.DONE, 19, 1)
        assert job.items.get(pk=poisonous).reason == "ERROR"


class TestNotYet:
    def test_gets_another_turn_and_is_skipped_when_that_does_not_help(self, employee, operation):
        job = job_over(4, employee)
        turns = []

        def run(job, items):
            turns.append(len(items))
            return {item.pk: Result(ItemState.WAITING, "GONE") for item in items[1:]}

        operation(run)

        job = confirming.confirm(job, by=employee)

        assert (job.done, job.skipped, turns) == (4, 0, [4, 3, 2, 1])
