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
def up(var):
    """(its process, its address)"""
    with processes.up(var, "--no-demo") as started:
        yield started


class TestUp:
    @pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
    def test_stops_everything_when_told_to(self, up, var, number):
        command, address = up
        with urllib.request.urlopen(f"{address}health/") as answer:
            health = json.load(answer)

        command.send_signal(number)
        code = command.wait(timeout=60)

        assert health["status"] == "ok"
        assert code == 0
        processes.wait_until_gone(var)

    def test_stops_the_rest_when_one_part_dies(self, up, var):
        command, _address = up
        os.kill(child(command, "gunicorn"), signal.SIGKILL)

        code = command.wait(timeout=60)

        assert code == 1
        assert "The web server ended (exit code -9), so the rest stops too." in command.stdout.read()
        processes.wait_until_gone(var)

    def test_takes_everything_along_when_it_is_killed(self, up, var):
        up[0].kill()

        processes.wait_until_gone(var)

    def test_says_which_port_is_taken(self, var):
        with processes.taken_port() as port:
            command = processes.start("manage.py", "up", "--port", str(port), env=processes.environment(var))
            said = command.communicate(timeout=60)[0]

        assert command.returncode == 1
        assert f"Port {port} cannot be used" in said
        assert f"make run PORT={port + 1}" in said


def child(command, word):
    """The main process of one part."""
    with open(f"/proc/{command.pid}/task/{command.pid}/children") as file:
        pids = [int(pid) for pid in file.read().split()]
    return next(pid for pid in pids if word in open(f"/proc/{pid}/cmdline").read())
