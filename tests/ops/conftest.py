import socket
import subprocess

import pytest

from tests.ops.processes import free_port, wait_until


@pytest.fixture
def redis_url(tmp_path):
    """A Redis server of this test only."""
    port = free_port()
    server = subprocess.Popen(
        ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(tmp_path)],
        stdout=subprocess.DEVNULL,
    )
    wait_until(lambda: _listens(port))
    yield f"redis://127.0.0.1:{port}/0"
    server.kill()
    server.wait()


def _listens(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
