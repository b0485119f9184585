"""Real processes for the tests of this folder, none of which may outlive its test."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
OF_THE_MACHINE = ("DATABASE_URL", "CELERY_BROKER_URL", "REDIS_URL", "HTTPS", "PYTHONDONTWRITEBYTECODE")


def environment(var, **more):
    """As on a machine where nothing was configured, with everything that is written below `var`."""
    clean = {name: value for name, value in os.environ.items() if name not in OF_THE_MACHINE}
    return {**clean, "DJANGO_SETTINGS_MODULE": "crm.settings", "VAR_DIR": str(var), **more}


def start(*arguments, env, **options):
    """`python` with these arguments, in a session of its own; its output is a text file descriptor."""
    return subprocess.Popen(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=env,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
        **options,
    )


def run(*arguments, env, timeout=60):
    """What `python` with these arguments printed; fails when it failed."""
    done = subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=env, capture_output=True, text=True, timeout=timeout, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def kill_session(process):
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def wait_until(condition, seconds=30):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"not within {seconds} seconds: {condition}"
        time.sleep(0.05)


def those_with(text):
    """Process ids whose environment or command line holds `text`."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            traces = (folder / "environ").read_bytes() + (folder / "cmdline").read_bytes()
        except OSError:
            continue  # it ended meanwhile
        if str(text).encode() in traces:
            found.append(int(folder.name))
    return found


@contextlib.contextmanager
def up(var, *options):
    """(the process of `manage.py up`, its address), ready for visitors; nothing of it is left afterwards."""
    port = free_port()
    env = environment(var, PYTHONUNBUFFERED="1")
    command = start("manage.py", "up", "--port", str(port), *options, env=env)
    address, heard = f"http://127.0.0.1:{port}/", list(_until("Ctrl-C", iter(command.stdout.readline, "")))
    assert any(address in line for line in heard), "".join(heard)
    try:
        yield command, address
    finally:
        kill_session(command)
        for left in those_with(var):
            os.kill(left, signal.SIGKILL)


def _until(word, lines):
    for line in lines:
        yield line
        if word in line:
            return


def eldest(pids):
    """Those of `pids` that no other of them began: a process that was just forked still looks like its parent."""
    parents = {pid: _parent(pid) for pid in pids}
    return [pid for pid, parent in parents.items() if parent is not None and parent not in pids]


def _parent(pid):
    """None when it ended meanwhile."""
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return None


def wait_until_gone(text):
    """Until those_with(text) have ended by themselves; fails with what the others are."""
    with contextlib.suppress(AssertionError):
        wait_until(lambda: not those_with(text))
    left = {pid: Path(f"/proc/{pid}/cmdline").read_text() for pid in those_with(text)}
    assert not left, f"still running: {left}"


@contextlib.contextmanager
def taken_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield taken.getsockname()[1]


def free_port():
    with taken_port() as port:
        return port
