import pytest

from crm.jobs import operations
from crm.jobs.models import Job
from crm.jobs.operations import Operation
from tests.jobs.jobs import assert_counts_are_those_of_the_items


@pytest.fixture
def operation(monkeypatch):
    """Registers what `run` of the test does, as operation "test"."""

    def register(run=lambda job, items: None, **more):
        known = Operation("test", "Testen", "getest", "jobs.use_bulk", run, **more)
        monkeypatch.setitem(operations._operations, "test", known)
        return known

    return register


@pytest.fixture(autouse=True)
def _counts_are_those_of_the_items(request):
    """After every test: what a job says of itself is what its items say, but for items that were taken away (B4)."""
    yield
    if "employee" in request.fixturenames and "Erased" not in request.node.nodeid:
        for job in Job.objects.confirmed():
            assert_counts_are_those_of_the_items(job)
