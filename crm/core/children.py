"""Processes that live and die with this one."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time

GRACE = 15  # seconds to finish what they are doing
PATIENCE = 2  # seconds for the kernel to clear away what was killed
PR_SET_PDEATHSIG = 1


class Children:
    def __init__(self):
        self._processes = {}

    def start(self, name, command, folder):
        """In a session of its own: Ctrl-C reaches only this process, SIGTERM only the child's main process.

        SIGTERM to a Celery worker's whole group can make it hang.
        """
        self._processes[name] = subprocess.Popen(
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=_die_with_parent,
        )

    def ended(self):
        """(name, exit code) of one that ended, or None."""
        ended = [(name, process.returncode) for name, process in self._processes.items() if process.poll() is not None]
        return ended[0] if ended else None

    def stop(self):
        """End all of them, what they started included; gives the names of those that had to be killed."""
        for process in self._processes.values():
            if process.poll() is None:
                process.terminate()
        deadline = time.monotonic() + GRACE
        slow = [name for name, process in self._processes.items() if not _gone(process, deadline)]
        for process in self._processes.values():
            _end_session(process)
        return slow


def _gone(process, deadline):
    try:
        process.wait(max(0.1, deadline - time.monotonic()))
    except subprocess.TimeoutExpired:
        return False
    return True


def _end_session(process):
    """Returns when what it started is gone too: until then it may still use the database."""
    deadline = time.monotonic() + PATIENCE
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        while time.monotonic() < deadline:
            os.killpg(process.pid, 0)
            time.sleep(0.02)
    process.wait()


def _die_with_parent():
    """By SIGINT: a part that is still starting ends in order by it too, and by SIGTERM would leave the database on."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # a shell's background job ignores it
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGINT)
