"""1F: the periods of the law are counted to the day."""

from datetime import UTC, date, datetime

import pytest

from archiving.retention import years_after


@pytest.mark.parametrize(
    ("moment", "years", "expected"),
    [
        (date(2025, 12, 29), 5, date(2030, 12, 29)),
        (date(2024, 2, 29), 7, date(2031, 3, 1)),
        (date(2024, 2, 29), 4, date(2028, 2, 29)),
        (datetime(2025, 12, 31, 23, 30, tzinfo=UTC), 5, date(2031, 1, 1)),  # already the new year in Amsterdam
    ],
)
def test_years_after(moment, years, expected):
    assert years_after(moment, years) == expected
