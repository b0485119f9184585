"""The names that filters choose from (employees, tags, …): asked once for all filters that are read together."""

from contextlib import contextmanager
from contextvars import ContextVar

_asked = ContextVar("asked", default=None)


@contextmanager
def asked_once():
    """Inside it `words` asks each question only the first time."""
    token = _asked.set({})
    try:
        yield
    finally:
        _asked.reset(token)


def words(key, ask):
    """What `ask()` gives; `key` names the question."""
    asked = _asked.get()
    if asked is None:
        return ask()
    if key not in asked:
        asked[key] = ask()
    return asked[key]
