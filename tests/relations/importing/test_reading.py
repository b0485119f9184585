"""A file becomes a sheet of texts, or a sentence that says what is the matter with it; then nothing is kept."""

import io
import zipfile
from datetime import date, datetime

import pytest
from openpyxl import Workbook

from relations.importing import intake, reading, workbooks
from relations.importing.fields import suggested
from relations.importing.reading import UnreadableFile
from relations.models import RelationImport
from tests.data import GEMEENTEN


def workbook(*rows):
    book, content = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(content)
    return content.getvalue()


def repacked(content, name, change):
    """The same workbook with one part changed."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(result, "w") as new:
        for part in old.namelist():
            new.writestr(part, change(old.read(part)) if part == name else old.read(part))
    return result.getvalue()


XLSX = workbook(["Naam", "Plaats"], ["Bakkerij", "Utrecht"])
BROKEN_FILES = {
    "empty": (b"", "leeg"),
    "blank": (b" \r\n ; ; \r\n", "leeg"),
    "only column names": (b"Naam;Plaats\r\n", "alleen kolomnamen"),
    "UTF-16": ("Naam;Plaats\nBakkerij;Utrecht\n".encode("utf-16"), "UTF-16"),
    "UTF-16 without its mark": ("Naam;Plaats\nBakkerij;Utrecht\n".encode("utf-16-le"), "geen CSV- of Excelbestand"),
    "binary": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "geen CSV- of Excelbestand"),
    "old Excel": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "oud Excelbestand"),
    "two encodings at once": ("Naam\nCafé\n".encode() + "Café".encode("cp1252"), "accenten"),
    "letters of no encoding": (b"Naam\nCaf\x81\x8d\n", "accenten"),
    "no column Naam": (b"Omschrijving;Plaats\nBakkerij;Utrecht\n", "geen kolom “Naam”"),
    "no line of column names": (b"Bakkerij;Utrecht\nSlagerij;Breda\n", "geen kolom “Naam”"),
    "a line too long": (b"Naam;Plaats\nBakkerij;Utrecht\nSlager;Breda;extra\n", "Regel 3 heeft 3 kolommen"),
    "a line too short": (b"Naam;Plaats\nBakkerij\n", "Regel 2 heeft 1 kolommen"),
    "an open quotation mark": (b'Naam;Plaats\nBakkerij;Utrecht\n"Slager;Breda\n', "Regel 3 is niet te lezen"),
    "XLSX cut off": (XLSX[: len(XLSX) // 2], "beschadigd"),
    "XLSX cut off early": (XLSX[:10], "beschadigd"),
    "XLSX with a broken sheet": (repacked(XLSX, "xl/worksheets/sheet1.xml", lambda x: x[:200]), "beschadigd"),
    "a zip of something else": (repacked(XLSX, "xl/workbook.xml", lambda x: b""), "beschadigd"),
    "XLSX line beyond its columns": (workbook(["Naam"], ["Bakkerij", "Utrecht"]), "Regel 2 heeft 2 kolommen"),
    "XLSX formula never calculated": (workbook(["Naam", "Plaats"], ["Bakkerij", '="a"']), "formule zonder uitkomst"),
    "XLSX empty": (workbook(), "leeg"),
}


class TestABrokenFile:
    @pytest.mark.django_db
    @pytest.mark.parametrize(("content", "sentence"), BROKEN_FILES.values(), ids=BROKEN_FILES)
    def test_gets_a_sentence_and_keeps_nothing(self, content, sentence):
        with pytest.raises(UnreadableFile, match=sentence) as refused:
            intake.take_in(content, by=None)

        assert 400 <= refused.value.status < 500
        assert not RelationImport.objects.exists()

    def test_is_refused_before_it_fills_the_memory(self):
        with pytest.raises(UnreadableFile, match="10 MB") as refused:
            reading.check_size(reading.MAX_BYTES + 1)

        assert refused.value.status == 413

    def test_gives_a_line_a_number_that_is_never_reached(self, monkeypatch):
        monkeypatch.setattr(workbooks, "LAST_LINE", 1000)
        content = repacked(XLSX, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b'r="2"', b'r="50000000"'))

        with pytest.raises(UnreadableFile, match="beschadigd"):
            intake.read(content)

    def test_has_too_many_lines(self, monkeypatch):
        monkeypatch.setattr(reading, "MAX_ROWS", 2)

        with pytest.raises(UnreadableFile, match="meer dan 2 regels"):
            reading.read_csv(b"Naam\na\nb\nc\n")


class TestCsv:
    def test_is_read_whole_from_the_real_file(self):
        sheet = reading.read_csv(GEMEENTEN.read_bytes())

        assert sheet.columns == ["Naam", "Adres", "Postcode", "Plaats", "Telefoon"]
        assert len(sheet.rows) == 380
        assert any(cells[0] == "Gemeente Súdwest Fryslân" for _line, cells in sheet.rows)

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
    def test_keeps_letters_with_accents(self, encoding):
        sheet = reading.read_csv("Naam\nCafé Ø\n".encode(encoding))

        assert sheet.rows == [(2, ["Café Ø"])]

    @pytest.mark.parametrize("delimiter", [";", ",", "\t"])
    def test_finds_what_separates_the_columns(self, delimiter):
        sheet = reading.read_csv(f'Naam{delimiter}"Plaats; of, stad"\nBakkerij{delimiter}Utrecht\n'.encode())

        assert sheet.rows == [(2, ["Bakkerij", "Utrecht"])]

    def test_counts_lines_as_an_editor_does(self):
        sheet = reading.read_csv(b'Naam;Plaats\n\n"Bakkerij\nJansen";Utrecht\n;\nSlager;Breda\n')

        assert sheet.rows == [(3, ["Bakkerij Jansen", "Utrecht"]), (6, ["Slager", "Breda"])]


class TestXlsx:
    def test_gives_the_texts_that_people_see(self):
        sheet = intake.read(
            workbook(
                ["Naam", "Nummer", "Geboortedatum", "Sinds", None],
                ["Jansen", 10482.0, datetime(1980, 5, 1), date(2020, 1, 2)],
                [None, None, None, None],
                ["De Vries", "0012", None, "x"],
            )
        )

        assert sheet.columns == ["Naam", "Nummer", "Geboortedatum", "Sinds"]
        assert sheet.rows == [
            (2, ["Jansen", "10482", "1980-05-01", "2020-01-02"]),
            (4, ["De Vries", "0012", "", "x"]),
        ]

    def test_takes_the_outcome_of_a_formula(self):
        content = repacked(
            workbook(["Naam", "Plaats"], ["Bakkerij", "=1+1"]),
            "xl/worksheets/sheet1.xml",
            lambda xml: (
                xml.replace(b"<v></v>", b"<v>2</v>").replace(b"<v />", b"<v>2</v>").replace(b"<v/>", b"<v>2</v>")
            ),
        )

        assert intake.read(content).rows == [(2, ["Bakkerij", "2"])]


class TestSuggestions:
    def test_know_dutch_and_english_headers(self):
        columns = ["Relatie-nummer", "Company name", "E-mail", "KvK nr.", "Opmerking", "Naam"]

        assert suggested(columns) == {"0": "number", "1": "name", "2": "email", "3": "kvk_number"}
