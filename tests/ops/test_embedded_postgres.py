"""The private server: shared, gone with its last user however that ends, and never a danger to other processes."""

import os
import subprocess

import pytest

from crm.postgres.server import FAST, EmbeddedPostgres
from tests.ops import processes

USER = """
import sys
from crm.postgres.server import FAST, EmbeddedPostgres
EmbeddedPostgres(sys.argv[1], FAST).ensure()
print("ready", flush=True)
sys.stdin.read()
"""


class Users:
    """Processes that use the server in `root` until they are told to leave."""

    def __init__(self, root):
        self.root = root
        self.started = []

    def join(self):
        user = processes.start("-c", USER, str(self.root), env=processes.environment(self.root))
        self.started.append(user)
        return user

    def ready(self, user):
        line = user.stdout.readline()
        assert line == "ready\n", line + user.stdout.read()
        return user

    def leave(self, user):
        user.stdin.close()
        user.wait(timeout=30)


@pytest.fixture
def root(tmp_path):
    return tmp_path / "postgres"


@pytest.fixture
def server(root):
    """Looks at the server without using it."""
    return EmbeddedPostgres(root, FAST)


@pytest.fixture
def users(root, server):
    users = Users(root)
    yield users
    for user in users.started:
        processes.kill_session(user)
    server.remove()


def postmaster(server):
    return int((server.data / "postmaster.pid").read_text().splitlines()[0])


class TestEmbeddedPostgres:
    def test_starts_with_the_first_user_and_stops_with_the_last(self, users, server):
        first = users.ready(users.join())
        second = users.ready(users.join())

        users.leave(first)
        shared = server.answers()
        users.leave(second)

        assert shared
        assert not server.answers()

    def test_starts_once_for_users_that_come_together(self, users, server):
        together = [users.join() for _ in range(3)]
        for user in together:
            users.ready(user)

        assert server.answers()
        assert processes.eldest(processes.those_with(f"{server.data}\0-c\0listen_addresses=")) == [postmaster(server)]

    def test_is_stopped_by_the_last_user_after_others_were_killed(self, users, server):
        killed = users.ready(users.join())
        last = users.ready(users.join())

        processes.kill_session(killed)
        after_the_kill = server.answers()
        users.leave(last)

        assert after_the_kill
        assert not server.answers()

    def test_goes_on_for_the_next_user_after_all_were_killed(self, users, server):
        processes.kill_session(users.ready(users.join()))

        users.leave(users.ready(users.join()))

        assert not server.answers()

    def test_starts_again_after_the_server_itself_was_killed(self, users, server):
        users.ready(users.join())
        os.kill(postmaster(server), 9)
        processes.wait_until(lambda: not server.answers())

        users.ready(users.join())

        assert server.answers()

    def test_leaves_a_foreign_process_alone_that_a_stale_file_names(self, users, server):
        users.leave(users.ready(users.join()))
        foreign = subprocess.Popen(["sleep", "60"])
        (server.data / "postmaster.pid").write_text(f"{foreign.pid}\n{server.data}\n0\n5432\n")

        user = users.ready(users.join())
        started = server.answers()
        users.leave(user)
        survived = foreign.poll() is None
        foreign.kill()
        foreign.wait()

        assert started
        assert survived

    def test_does_not_stop_a_foreign_process_when_it_leaves(self, users, server):
        user = users.ready(users.join())
        os.kill(postmaster(server), 9)
        processes.wait_until(lambda: not server.answers())
        foreign = subprocess.Popen(["sleep", "60"])
        (server.data / "postmaster.pid").write_text(f"{foreign.pid}\n{server.data}\n0\n5432\n")

        users.leave(user)
        survived = foreign.poll() is None
        foreign.kill()
        foreign.wait()

        assert survived

    def test_makes_the_cluster_again_when_that_was_interrupted(self, users, server):
        (server.root / "data.new").mkdir(parents=True)
        (server.root / "data.new" / "PG_VERSION").write_text("18")

        users.ready(users.join())

        assert server.answers()

    def test_is_not_removed_under_somebody(self, users, server):
        user = users.ready(users.join())

        refused = not server.remove()
        users.leave(user)
        removed = server.remove()

        assert refused
        assert removed
        assert not server.data.exists()

    def test_puts_its_socket_in_a_short_folder_when_the_path_is_long(self, tmp_path):
        long = EmbeddedPostgres(tmp_path / ("a" * 90))

        assert len(str(long.socket_dir)) < 85
