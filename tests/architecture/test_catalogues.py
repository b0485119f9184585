"""The catalogues of locale/: what a text fills in, its translations fill in too, and none is missing."""

import re
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.utils.translation import ngettext, override

LOCALE = Path(__file__).resolve().parents[2] / "locale"
CODES = [code for code, _name in settings.LANGUAGES]
PLACES = re.compile(r"%\(\w+\)[a-z]|%[a-z%]|</?\w+>")
DUTCH = polib.pofile(str(LOCALE / "nl/LC_MESSAGES/django.po"))


def catalogue(code):
    return polib.pofile(str(LOCALE / code / "LC_MESSAGES/django.po"))


def pairs(entry):
    """Each form with the text it translates; the form for one may leave its number out."""
    if not entry.msgid_plural:
        return [(entry.msgid, entry.msgstr)]
    return [(entry.msgid_plural, entry.msgstr_plural[1])]


def places(text):
    return sorted(PLACES.findall(text))


@pytest.mark.parametrize("code", CODES)
class TestCatalogue:
    def test_fills_in_what_the_text_fills_in(self, code):
        wrong = [text for entry in catalogue(code) for text, words in pairs(entry) if places(text) != places(words)]

        assert wrong == []

    def test_names_a_place_in_the_form_for_one_only_when_there_is_one(self, code):
        plurals = [entry for entry in catalogue(code) if entry.msgid_plural]

        assert [e.msgid for e in plurals if not {*places(e.msgstr_plural[0])} <= {*places(e.msgid_plural)}] == []

    def test_has_no_guess(self, code):
        assert [entry.msgid for entry in catalogue(code) if entry.fuzzy] == []

    def test_begins_and_ends_with_the_same_space(self, code):
        """A text between two others brings its own spaces."""
        texts = [pair for entry in catalogue(code) for pair in pairs(entry)]

        assert [text for text, words in texts if text.strip() and edges(text) != edges(words)] == []


def edges(text):
    return text[:1].isspace(), text[-1:].isspace()


class TestSwedish:
    def test_has_every_text_that_dutch_has(self):
        """Which texts there are, `bin/messages --check` asks of the code."""
        swedish = {entry.msgid for entry in catalogue("sv") if entry.translated()}

        assert [entry.msgid for entry in DUTCH if entry.msgid not in swedish] == []

    def test_is_no_copy_of_dutch_or_english(self):
        sentences = [e for e in catalogue("sv") if not e.msgid_plural and e.msgid.count(" ") >= 5]
        dutch = {entry.msgid: entry.msgstr for entry in DUTCH}

        assert [e.msgid for e in sentences if e.msgstr in (e.msgid, dutch.get(e.msgid))] == []


@pytest.mark.parametrize(
    ("code", "one", "many"),
    [
        ("nl", "1 dag", "2 dagen"),
        ("en", "1 day", "2 days"),
        ("sv", "1 dag", "2 dagar"),
    ],
)
def test_counts_in_every_language(code, one, many):
    with override(code):
        told = [ngettext("%(count)d day", "%(count)d days", n) % {"count": n} for n in (1, 2)]

    assert told == [one, many]
