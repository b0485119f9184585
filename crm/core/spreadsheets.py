"""Files for a spreadsheet: CSV as those of the reader's language expect it, XLSX; a text is never a formula in either.

Rows come from any iterable and are written one by one: a file of a million rows takes no more memory than one of ten.
"""

import csv
import io
import tempfile
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone
from django.utils.formats import get_format
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")  # a text that starts so would run as a formula
NOT_IN_XLSX = dict.fromkeys([*range(9), 11, 12, *range(14, 32)])  # control characters that no workbook may hold
MOST_IN_XLSX = 100_000  # rows; above that CSV, which has no end
BOM = "\ufeff"


def safe_cell(value):
    """A text that a spreadsheet would take for a formula, with an apostrophe before it; anything else as it is."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def csv_lines(rows):
    """The lines of the file, beginning with the mark of UTF-8."""
    line = io.StringIO()
    writer = csv.writer(line, delimiter=get_format("CSV_DELIMITER"))
    write = _writing()
    line.write(BOM)
    for row in rows:
        writer.writerow([write(safe_cell(value)) for value in row])
        yield line.getvalue()
        line.seek(0)
        line.truncate()


def xlsx_file(rows):
    """An open temporary file, at its start, that is gone when it is closed."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet()
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by whoever sends it
    workbook.save(file)
    file.seek(0)
    return file


def _writing():
    """What makes text of dates, times and figures; the language is asked once a file, not for every cell."""
    day, point = _day(), get_format("DECIMAL_SEPARATOR")

    def write(value):
        if isinstance(value, datetime):
            return timezone.localtime(value).strftime(f"{day} %H:%M")
        if isinstance(value, date):
            return value.strftime(day)
        return str(value).replace(".", point) if isinstance(value, Decimal | float) else value

    return write


def _day():
    """As strftime wants it: the first way in which a date is typed."""
    return get_format("DATE_INPUT_FORMATS")[0]


def _cell(sheet, value):
    if isinstance(value, str):
        return safe_cell(value.translate(NOT_IN_XLSX))
    if isinstance(value, datetime):
        return _dated(sheet, timezone.localtime(value).replace(tzinfo=None), f"{_excel_day()} hh:mm")
    return _dated(sheet, value, _excel_day()) if isinstance(value, date) else value


def _excel_day():
    return _day().replace("%d", "dd").replace("%m", "mm").replace("%Y", "yyyy")


def _dated(sheet, value, form):
    cell = WriteOnlyCell(sheet, value=value)
    cell.number_format = form
    return cell
