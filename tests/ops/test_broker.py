"""The contract of both brokers: what was published runs, also when the worker that had it was killed."""

import time

import pytest

from crm.postgres.server import EmbeddedPostgres
from tests.ops import processes

PUBLISHED = 60
WORKER = ["-m", "celery", "-A", "tests.ops.broker_app", "worker", "-c", "2", "-l", "warning", "--without-mingle"]

HOLD_A_DATABASE_WITH_QUEUES = """
import sys
import pgmq
from django.db import connection
connection.cursor().execute(pgmq.get_embedded_install_sql())
print("ready", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def traces(tmp_path):
    folder = tmp_path / "traces"
    folder.mkdir()
    return folder


@pytest.fixture
def pgmq_env(tmp_path, traces):
    env = processes.environment(tmp_path, TRACES=str(traces))
    holder = processes.start("manage.py", "shell", "-v0", "-c", HOLD_A_DATABASE_WITH_QUEUES, env=env)
    assert holder.stdout.readline() == "ready\n"
    yield env
    holder.stdin.close()
    holder.wait(timeout=30)


@pytest.fixture
def redis_env(tmp_path, traces, redis_url):
    yield processes.environment(tmp_path, TRACES=str(traces), CELERY_BROKER_URL=redis_url)
    processes.wait_until(EmbeddedPostgres(tmp_path / "postgres").remove)  # its users were killed: nobody stopped it


def _hurry(env):
    """Again and again: it moves only what was taken longer ago than the visibility timeout."""
    processes.run("-m", "tests.ops.broker_app", "hurry", env=env)
    time.sleep(1)


def loses_nothing(env, traces):
    """Publish, kill -9 a worker with all its processes halfway, let another one finish."""

    def done():
        return {int(trace.name.split("-")[0]) for trace in traces.iterdir()}

    processes.run("-m", "tests.ops.broker_app", "publish", str(PUBLISHED), env=env)
    first = processes.start(*WORKER, env=env)
    processes.wait_until(lambda: len(done()) > PUBLISHED / 4)
    processes.kill_session(first)
    halfway = len(done())

    second = processes.start(*WORKER, env=env)
    try:
        processes.wait_until(lambda: len(done()) >= PUBLISHED - 4)  # what the first one had taken comes back later
        processes.wait_until(lambda: _hurry(env) or done() == set(range(PUBLISHED)), seconds=90)
    finally:
        processes.kill_session(second)
    return halfway < PUBLISHED


@pytest.mark.slow
class TestBroker:
    def test_in_the_database_loses_nothing(self, pgmq_env, traces):
        assert loses_nothing(pgmq_env, traces)

    @pytest.mark.redis
    def test_redis_loses_nothing(self, redis_env, traces):
        assert loses_nothing(redis_env, traces)
