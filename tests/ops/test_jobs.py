"""Jobs in real processes, on both brokers: nothing is lost and nothing is done twice, whatever happens (B4)."""

import base64
import contextlib
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
import redis

from crm.postgres.server import EmbeddedPostgres
from tests.ops import processes

pytestmark = pytest.mark.slow
SIZE = 600
PATIENCE = 120  # seconds, on a machine that does much else
APP = "tests.jobs.worker_app"
WORKER = ["-m", "celery", "-A", APP, "worker", "-c", "1", "-l", "info", "--without-mingle", "--without-gossip"]
HOLD_THE_DATABASE = (
    "import sys\nfrom django.db import connection\nconnection.cursor()\nprint('ready')\nsys.stdin.read()"
)


class Office:
    """A database of its own, the workers that were started, and what stands in the tables."""

    def __init__(self, env, server, folder):
        self.env, self.server, self.folder = env, server, folder
        self.workers = []

    def make_job(self):
        return int(processes.run("-m", APP, "make", str(SIZE), env=self.env))

    def run_here(self, job):
        processes.run("-m", APP, "run", str(job), env=self.env)

    def start_worker(self, *more):
        log = open(self.folder / f"worker-{len(self.workers)}", "w")  # noqa: SIM115 - closed with the process
        options = {"cwd": processes.ROOT, "stdin": subprocess.DEVNULL, "stdout": log, "stderr": log}
        command = [sys.executable, *WORKER, "-n", f"w{len(self.workers)}@test", *more]
        worker = subprocess.Popen(command, env=self.env, start_new_session=True, **options)
        self.workers.append(worker)
        return worker

    def ask(self, sql, *values):
        with psycopg.connect(host=str(self.server.socket_dir), user="postgres", dbname="postgres") as connection:
            return connection.execute(sql, values).fetchall()

    def counted(self, job):
        """Items that have their outcome."""
        try:
            return self.ask("SELECT done + unchanged + skipped + failed FROM jobs_job WHERE id = %s", job)[0][0]
        except psycopg.OperationalError:
            return 0  # the database is being started again

    def is_done(self, job):
        return self.counted(job) and self.ask("SELECT state FROM jobs_job WHERE id = %s", job) == [("done",)]

    def outcomes(self, job):
        return self.ask("SELECT target_id, state, reason FROM jobs_jobitem WHERE job_id = %s ORDER BY target_id", job)

    def noted(self, job):
        """[(relation, process)], once for every time that a relation was done."""
        found = self.ask("SELECT relation_id, text FROM relations_note WHERE text LIKE %s ORDER BY 1", f"{job} %")
        return [(relation, text.split()[1]) for relation, text in found]

    def said(self):
        return "".join(log.read_text() for log in self.folder.glob("worker-*"))


@pytest.fixture(scope="module")
def var(tmp_path_factory):
    """A database for all tests of this module: filling it takes longest."""
    folder = tmp_path_factory.mktemp("var")
    env = processes.environment(folder)
    processes.run("manage.py", "migrate", "-v0", env=env, timeout=300)
    holder = processes.start("manage.py", "shell", "-v0", "-c", HOLD_THE_DATABASE, env=env | {"PYTHONUNBUFFERED": "1"})
    assert holder.stdout.readline() == "ready\n"
    yield folder
    holder.stdin.close()
    holder.wait(timeout=30)
    processes.wait_until(EmbeddedPostgres(folder / "postgres").remove)  # its users were killed: nobody stopped it


@pytest.fixture(params=["pgmq", pytest.param("redis", marks=pytest.mark.redis)])
def office(request, var, tmp_path):
    broker = {"CELERY_BROKER_URL": request.getfixturevalue("redis_url")} if request.param == "redis" else {}
    office = Office(processes.environment(var, **broker), EmbeddedPostgres(var / "postgres"), tmp_path)
    yield office
    for worker in office.workers:
        processes.kill_session(worker)
    if request.param == "pgmq":
        office.ask("SELECT pgmq.purge_queue('celery')")


@contextlib.contextmanager
def halfway(office, job):
    """Inside, some of the job is done and a worker is busy with the rest."""
    processes.wait_until(lambda: office.counted(job) > SIZE / 6, seconds=PATIENCE)
    yield
    assert office.counted(job) < SIZE, "it was done before anything could happen to it"


def assert_done_once(office, job):
    """As in a run that nothing happened to, each relation exactly once."""
    processes.wait_until(lambda: office.is_done(job), seconds=PATIENCE)
    plain = office.make_job()
    office.run_here(plain)
    outcomes = office.outcomes(job)
    counts = "SELECT total, done, unchanged, skipped, failed FROM jobs_job WHERE id = %s"

    assert outcomes == office.outcomes(plain)
    assert {state for _relation, state, _reason in outcomes} == {"done", "skipped", "failed"}
    assert [relation for relation, _process in office.noted(job)] == [
        relation for relation, state, _reason in outcomes if state == "done"
    ]
    assert office.ask(counts, job) == office.ask(counts, plain)


class TestJob:
    def test_goes_on_where_a_killed_worker_was(self, office):
        """B4: kill -9 in the middle; another worker makes the same of it as one that nothing happened to."""
        job = office.make_job()
        first = office.start_worker()
        with halfway(office, job):
            processes.kill_session(first)

        office.start_worker("-B")

        assert_done_once(office, job)

    def test_is_shared_by_workers(self, office):
        job = office.make_job()

        office.start_worker()
        office.start_worker()

        assert_done_once(office, job)
        assert len({process for _relation, process in office.noted(job)}) == 2

    def test_is_sent_again_when_the_broker_was_emptied(self, office):
        job = office.make_job()
        empty(office)
        worker = office.start_worker("-B")

        assert_done_once(office, job)
        assert worker.poll() is None

    def test_survives_a_restart_of_the_database(self, office):
        job = office.make_job()
        office.start_worker("-B")
        with halfway(office, job):
            restart_the_database(office.server)

        assert_done_once(office, job)

    def test_leaves_no_name_in_messages_and_logs(self, office):
        job = office.make_job()
        message = waiting_message(office)
        office.start_worker("-B")
        processes.wait_until(lambda: office.is_done(job), seconds=PATIENCE)

        assert f'"job_id": {job}' in message
        assert "ValueError" in office.said()
        for text in (message, office.said()):
            assert "Bakkerij" not in text
            assert "kantoor.example" not in text


def restart_the_database(server):
    """As after a crash: nobody was asked to leave."""
    postmaster = int((server.data / "postmaster.pid").read_text().split()[0])
    os.kill(postmaster, signal.SIGQUIT)
    processes.wait_until(lambda: not Path(f"/proc/{postmaster}").exists())  # a worker may start the next one meanwhile
    server.ensure()
    server._step_out()  # this process would count among its users for ever


def redis_of(office):
    return redis.Redis.from_url(office.env["CELERY_BROKER_URL"])


def empty(office):
    if "CELERY_BROKER_URL" in office.env:
        redis_of(office).flushall()
    else:
        office.ask("SELECT pgmq.purge_queue('celery')")


def waiting_message(office):
    """All of it, its arguments decoded."""
    if "CELERY_BROKER_URL" in office.env:
        raw = redis_of(office).lindex("celery", 0).decode()
    else:
        raw = office.ask("SELECT message::text FROM pgmq.q_celery LIMIT 1")[0][0]
    return raw + base64.b64decode(json.loads(raw)["body"]).decode()
