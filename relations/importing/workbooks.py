"""Excel files (.xlsx): the first sheet that shows, its cells as the texts that people see."""

import io
import zipfile
from datetime import date, datetime, time

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from relations.importing.reading import MAX_COLUMNS, UnreadableFile, check_rows, sheet_of

LAST_LINE = 1_048_576  # of any sheet; openpyxl counts on, line by line, to whatever number a file writes
MAX_UNPACKED = 200 * 1024 * 1024  # a small file can unpack to more than the memory of the server


def read_xlsx(content):
    try:
        _check_archive(content)
        lines = _lines(content, values=True)
        _check_formulas(content, lines)
    except UnreadableFile:
        raise
    except Exception:  # a damaged file makes openpyxl stumble anywhere, over anything
        raise UnreadableFile(
            _("The Excel file is damaged or not complete. Open it in Excel, save it as .xlsx and choose that file.")
        ) from None
    return sheet_of(_same_width([(line, [text_of_cell(value) for value in cells]) for line, cells in lines]))


def _check_archive(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(part.file_size for part in archive.infolist()) > MAX_UNPACKED:
            raise UnreadableFile(_("The Excel file is too large to read. Split it and import the parts."))
        if archive.testzip():
            raise zipfile.BadZipFile


def _lines(content, *, values):
    workbook = load_workbook(io.BytesIO(content), read_only=True, data_only=values)
    try:
        sheet = next(s for s in workbook.worksheets if s.sheet_state == "visible")
        sheet.reset_dimensions()  # what the file says about its own size is often wrong
        lines = []
        for line, cells in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS + 1, values_only=True), start=1):
            if line > LAST_LINE:
                raise ValueError(line)
            if any(value is not None for value in cells):
                lines.append((line, cells))
                check_rows(len(lines) - 1)
        return lines
    except StopIteration:
        raise UnreadableFile(_("The Excel file has no sheet that shows.")) from None
    finally:
        workbook.close()


def _check_formulas(content, lines):
    """A formula that was never calculated has no value; taking it for an empty cell would clear what we have."""
    if not _has_formulas(content):
        return
    known = dict(lines)
    for line, cells in _lines(content, values=False):
        values = known.get(line, ())
        for index, cell in enumerate(cells):
            if isinstance(cell, str) and cell.startswith("=") and (index >= len(values) or values[index] is None):
                raise UnreadableFile(
                    _("Line %(line)d holds a formula without an outcome. Save the file in Excel and try again.")
                    % {"line": line}
                )


def _has_formulas(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        return any(b"<f" in archive.read(name) for name in sheets)


def _same_width(lines):
    """Cells at the end that hold nothing are no columns; a line may stop early, but not go on beyond the names."""
    trimmed = [(line, _without_empty_end(cells)) for line, cells in lines]
    width = len(next((cells for _line, cells in trimmed if cells), []))
    return [(line, cells + [""] * (width - len(cells))) for line, cells in trimmed]


def _without_empty_end(cells):
    while cells and not cells[-1].strip():
        cells = cells[:-1]
    return cells


def text_of_cell(value):
    """10482.0 → '10482', a date → '2026-03-02', nothing → ''."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    return value.isoformat() if isinstance(value, date) else str(value)
