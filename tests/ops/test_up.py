"""One command starts everything, and leaves nothing behind however it ends."""

import json
import os
import signal
import urllib.request

import pytest

from tests.ops import processes

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def var(tmp_path_factory):
    """One folder for all: the second start finds the database of the first."""
    return tmp_path_factory.mktemp("var")


@pytest.fixture
def port():
    return processes.free_port()


@pytest.fixture
def up(var, port):
    """Started, and ready for visitors."""
    command = processes.start(
        "manage.py", "up", "--no-demo", "--port", str(port), env=processes.environment(var, PYTHONUNBUFFERED="1")
    )
    lines = iter(command.stdout.readline, "")
    heard = list(until("Ctrl-C", lines))
    assert any(f"http://127.0.0.1:{port}/" in line for line in heard), "".join(heard)
    yield command
    processes.kill_session(command)
    for left in processes.those_with(var):
        os.kill(left, signal.SIGKILL)


def until(word, lines):
    for line in lines:
        yield line
        if word in line:
            return


class TestUp:
    @pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
    def test_stops_everything_when_told_to(self, up, var, port, number):
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/") as answer:
            health = json.load(answer)

        up.send_signal(number)
        code = up.wait(timeout=60)

        assert health["status"] == "ok"
        assert code == 0
        processes.wait_until_gone(var)

    def test_stops_the_rest_when_one_part_dies(self, up, var):
        os.kill(child(up, "gunicorn"), signal.SIGKILL)

        code = up.wait(timeout=60)

        assert code == 1
        assert "The web server ended (exit code -9), so the rest stops too." in up.stdout.read()
        processes.wait_until_gone(var)

    def test_takes_everything_along_when_it_is_killed(self, up, var):
        up.kill()

        processes.wait_until_gone(var)

    def test_says_which_port_is_taken(self, var):
        with processes.taken_port() as port:
            command = processes.start("manage.py", "up", "--port", str(port), env=processes.environment(var))
            said = command.communicate(timeout=60)[0]

        assert command.returncode == 1
        assert f"Port {port} cannot be used" in said
        assert f"make run PORT={port + 1}" in said


def child(up, word):
    """The main process of one part."""
    with open(f"/proc/{up.pid}/task/{up.pid}/children") as file:
        pids = [int(pid) for pid in file.read().split()]
    return next(pid for pid in pids if word in open(f"/proc/{pid}/cmdline").read())
