"""A file becomes a Sheet: the names of its columns and its lines as texts, or a sentence that says why not."""

import csv
import io
import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from crm.core.refusals import Refusal
from crm.core.spelling import visible

MAX_BYTES = 10 * 1024 * 1024
MAX_ROWS = 20_000
MAX_COLUMNS = 200
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
OLD_EXCEL = b"\xd0\xcf\x11\xe0"  # also what a workbook with a password looks like
ZIP = b"PK\x03\x04"
BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
UTF_8_LETTER = re.compile(rb"[\xc3-\xc5][\x80-\xbf]")
DELIMITERS = ";,\t"


class UnreadableFile(Refusal):
    status = 422


@dataclass(frozen=True)
class Sheet:
    columns: list[str]
    rows: list[tuple[int, list[str]]]  # (line in the file, one text a column)


def check_size(size):
    if size > MAX_BYTES:
        raise UnreadableFile(
            _("The file is larger than %(size)d MB. Split it and import the parts.") % {"size": MAX_BYTES // 1024**2},
            status=413,
        )
    if not size:
        raise UnreadableFile(_("The file is empty. Choose a file with a line of column names and the relations below."))


def text_of(content):
    """The text of a CSV file: UTF-8 or Windows-1252; anything else is refused rather than read wrongly."""
    if content.startswith(UTF_16):
        raise UnreadableFile(_("The file is stored as Unicode (UTF-16). Save it as “CSV UTF-8” and choose it again."))
    if content.startswith(OLD_EXCEL):
        raise UnreadableFile(
            _("This is an old Excel file (.xls) or one with a password. Save it as .xlsx without a password.")
        )
    if BINARY.search(content):
        raise UnreadableFile(_("This is not a CSV or Excel file. Save the list as CSV or .xlsx and choose it again."))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _windows_text(content)


def _windows_text(content):
    try:
        if not UTF_8_LETTER.search(content):
            return content.decode("cp1252")
    except UnicodeDecodeError:
        pass
    raise UnreadableFile(
        _("The letters with accents in this file cannot be read. Save it as “CSV UTF-8” and choose it again.")
    )


def read_csv(content):
    text = text_of(content)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    lines, line = [], 1
    try:
        for cells in reader:
            lines.append((line, cells))
            line = reader.line_num + 1
            check_rows(len(lines) - 1)
    except csv.Error:
        raise UnreadableFile(
            _("Line %(line)d cannot be read: a quotation mark is not closed or stands in the wrong place.")
            % {"line": line}
        ) from None
    return sheet_of(lines)


def _delimiter(text):
    """What separates the column names most often, outside quotation marks."""
    header = re.sub(r'"[^"]*"', "", next((line for line in text.splitlines() if line.strip()), ""))
    return max(DELIMITERS, key=header.count)


def check_rows(count):
    if count > MAX_ROWS:
        raise UnreadableFile(
            _("The file has more than %(count)d lines. Split it and import the parts.") % {"count": MAX_ROWS}
        )


def sheet_of(lines):
    """A Sheet of (line, cells): the first line that is not blank holds the names; blank lines do not count."""
    filled = [(line, cells) for line, cells in ((n, [plain(c) for c in cells]) for n, cells in lines) if any(cells)]
    if not filled:
        raise UnreadableFile(_("The file is empty. Choose a file with a line of column names and the relations below."))
    (_line, columns), *rows = filled
    if len(columns) > MAX_COLUMNS:
        raise UnreadableFile(_("The file has more than %(count)d columns.") % {"count": MAX_COLUMNS})
    if not rows:
        raise UnreadableFile(_("There are only column names in the file and no relations below them."))
    for line, cells in rows:
        check_length(line, cells, len(columns))
    return Sheet(columns, rows)


def check_length(line, cells, columns):
    if len(cells) != columns:
        raise UnreadableFile(
            _("Line %(line)d has %(found)d columns where the first line has %(expected)d. Correct it and try again.")
            % {"line": line, "found": len(cells), "expected": columns}
        )


def plain(text):
    """Without the blanks and line ends around and between the words, and without what nobody sees."""
    return " ".join(visible(text).split())
