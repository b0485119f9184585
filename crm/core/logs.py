"""Logs say what went wrong and where, never about whom (privacy)."""

import logging
import traceback


class WordlessFormatter(logging.Formatter):
    """An error as its class and the places it passed: its message may quote a row ("Key (email)=(…) exists")."""

    def formatException(self, exc_info):
        kind, _error, places = exc_info
        return "".join(traceback.format_tb(places)) + f"{kind.__module__}.{kind.__qualname__}"
