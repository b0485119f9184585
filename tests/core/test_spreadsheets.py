"""Files for spreadsheets: no text ever runs as a formula, and rows are written one by one."""

from datetime import UTC, date, datetime

import pytest
from openpyxl import load_workbook

from crm.core.spreadsheets import csv_lines, safe_cell, xlsx_file


class TestSafeCell:
    @pytest.mark.parametrize("text", ["=1+1", "+31 30", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1"])
    def test_puts_an_apostrophe_before_what_would_run(self, text):
        assert safe_cell(text) == f"'{text}"

    @pytest.mark.parametrize("value", ["Bakkerij", "", "a=b", 12, None, date(2026, 3, 2)])
    def test_leaves_the_rest_alone(self, value):
        assert safe_cell(value) == value


class TestCsvLines:
    def test_are_as_dutch_spreadsheets_expect_them(self):
        lines = list(csv_lines([["Naam", "Sinds"], ["Smit; Zn.", date(2026, 3, 2)], ['"A"', None]]))

        assert lines == ["\ufeffNaam;Sinds\r\n", '"Smit; Zn.";02-03-2026\r\n', '"""A""";\r\n']

    def test_write_times_as_on_the_clock_here(self):
        assert list(csv_lines([[datetime(2026, 7, 1, 22, 30, tzinfo=UTC)]])) == ["\ufeff02-07-2026 00:30\r\n"]

    def test_are_made_one_by_one(self):
        read = []

        def rows():
            for number in range(3):
                read.append(number)
                yield [number]

        next(csv_lines(rows()))

        assert read == [0]


class TestXlsxFile:
    def cells(self, rows):
        with xlsx_file(rows) as file:
            return [list(row) for row in load_workbook(file).active.iter_rows(values_only=True)]

    def test_holds_texts_numbers_and_dates(self):
        found = self.cells([["Naam", 3, date(2026, 3, 2), datetime(2026, 7, 1, 22, 30, tzinfo=UTC), None, True]])

        assert found == [["Naam", 3, datetime(2026, 3, 2), datetime(2026, 7, 2, 0, 30), None, True]]

    def test_holds_no_formula(self):
        """Also when it hides behind a character that the file cannot hold."""
        assert self.cells([["=1+1", "\x01=1+1"]]) == [["'=1+1", "'=1+1"]]
