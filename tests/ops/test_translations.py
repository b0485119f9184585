"""bin/translate and bin/messages, on catalogues of their own: what lacks a language is told by name."""

import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def checkout(tmp_path):
    """A checkout with empty catalogues."""
    shutil.copytree(ROOT / "bin", tmp_path / "bin")
    for code in ("nl", "en", "sv"):
        source = tmp_path / "locale" / code / "LC_MESSAGES/django.po"
        source.parent.mkdir(parents=True)
        polib.POFile().save(str(source))
    return tmp_path


def run(checkout, *command, typed=""):
    """Without xgettext on the path: the texts of the code are those that are in Dutch."""
    told = subprocess.run(
        [sys.executable, *command], cwd=checkout, input=typed, env={"PATH": ""}, capture_output=True, text=True
    )
    return told.returncode, told.stdout + told.stderr


def translate(checkout, typed, *options):
    return run(checkout, "bin/translate", *options, typed=typed)


def check(checkout):
    return run(checkout, "bin/messages", "--check")


def words(checkout, code, text):
    entry = polib.pofile(str(checkout / f"locale/{code}/LC_MESSAGES/django.po")).find(text)
    return entry and (entry.msgstr or [*entry.msgstr_plural.values()])


class TestTranslate:
    def test_takes_dutch_and_swedish(self, checkout):
        translate(checkout, "Save\tOpslaan\tSpara\n")

        assert (words(checkout, "nl", "Save"), words(checkout, "sv", "Save")) == ("Opslaan", "Spara")
        assert check(checkout)[0] == 0

    def test_takes_plurals(self, checkout):
        translate(checkout, "%(n)s day\t%(n)s days\t%(n)s dag\t%(n)s dagen\t%(n)s dag\t%(n)s dagar\n")

        assert words(checkout, "sv", "%(n)s day") == ["%(n)s dag", "%(n)s dagar"]
        assert check(checkout)[0] == 0

    def test_leaves_a_language_alone_whose_column_is_empty(self, checkout):
        translate(checkout, "Save\tOpslaan\tSpara\n")
        translate(checkout, "Save\t\tSpara allt\n")

        assert (words(checkout, "nl", "Save"), words(checkout, "sv", "Save")) == ("Opslaan", "Spara allt")

    def test_takes_better_english(self, checkout):
        translate(checkout, "Took\tDuur\tTid\n")
        translate(checkout, "Took\tDuration\n", "--english")

        assert words(checkout, "en", "Took") == "Duration"
        assert words(checkout, "nl", "Took") == "Duur"

    def test_changes_nothing_when_a_line_has_another_number_of_columns(self, checkout):
        code, told = translate(checkout, "Save\tOpslaan\tSpara\nSave\n")

        assert code == 1
        assert "columns, please" in told
        assert words(checkout, "nl", "Save") is None


class TestCheck:
    def test_names_what_has_no_swedish(self, checkout):
        translate(checkout, "Save\tOpslaan\n")

        code, told = check(checkout)

        assert code == 1
        assert "no Swedish for: 'Save'" in told

    def test_names_what_fills_in_something_else(self, checkout):
        translate(checkout, "Edit %(name)s\t%(naam)s bewerken\tRedigera %(name)s\n")

        assert "Dutch has other places to fill in than: 'Edit %(name)s'" in check(checkout)[1]

    def test_names_better_english_for_what_is_nowhere(self, checkout):
        translate(checkout, "Took\tDuration\n", "--english")

        assert "English for a text that is nowhere: 'Took'" in check(checkout)[1]
