"""Privacy: no personal data in logs."""

import logging
import sys

from crm.core.logs import WordlessFormatter


class TestAnErrorInTheLog:
    def test_is_told_without_the_row_that_it_quotes(self):
        row = "Key (email)=(jansen@bakkerij.example) already exists"
        try:
            raise ValueError(row)
        except ValueError:
            record = logging.LogRecord("django", logging.ERROR, __file__, 1, "Server error", (), sys.exc_info())

        text = WordlessFormatter().format(record)

        assert "jansen" not in text
        assert "builtins.ValueError" in text
        assert "test_logs.py" in text
