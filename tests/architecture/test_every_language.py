"""Every page in every language: nothing on it is left in another one (issue 3: Dutch, English and Swedish complete)."""

import html
import re
from pathlib import Path

import polib
import pytest
from django.conf import settings

from tests.architecture.test_every_address import ADDRESSES, READ, address
from tests.factories import AdminFactory

pytestmark = pytest.mark.django_db
LOCALE = Path(__file__).resolve().parents[2] / "locale"
CODES = [code for code, _name in settings.LANGUAGES]
SHOWN = re.compile(r"""(?:placeholder|aria-label|title|alt|data-label)="([^"]*)"|>([^<]+)<""")
PLACE = re.compile(r"%\\\(\w+\\\)[sd]|%[sd]")
FILES = {"core:health", "portals:comment_file", "relations:attachment_file", "relations:document_file"}
PAGES = sorted(name for name, (_make, methods) in ADDRESSES.items() if methods >= READ and name not in FILES)


def words(code):
    """{text of the code: how it is said in the language}, without plurals."""
    catalogue = polib.pofile(str(LOCALE / code / "LC_MESSAGES/django.po"))
    return {entry.msgid: entry.msgstr for entry in catalogue if not entry.msgid_plural and entry.msgstr}


DUTCH, SWEDISH, ENGLISH = words("nl"), words("sv"), words("en")
SAID = {
    "nl": DUTCH,
    "sv": SWEDISH,
    "en": {text: ENGLISH.get(text, text) for text in DUTCH},
}


def foreign(code):
    """What is said in the other languages only, as one pattern for whole texts."""
    own = {*SAID[code].values()}
    others = {text for other in CODES if other != code for text in SAID[other].values()} - own
    return re.compile("|".join(sorted(pattern(text) for text in others if re.search(r"[^\W\d]{2}", text))))


def pattern(text):
    """With something filled in at its places, when enough is left to know it by."""
    escaped = PLACE.sub(".+", re.escape(text.strip()))
    return escaped if len(escaped.replace(".+", "")) > 12 or escaped == re.escape(text.strip()) else re.escape(text)


def shown(page):
    """Every text on the page by itself: what is read, and what is read aloud."""
    body = re.sub(
        r"<(script|textarea)\b.*?</\1>", "", page[page.index("<body") :] if "<body" in page else page, flags=re.S
    )
    body = re.sub(r'<form class="languages".*?</form>', "", body, flags=re.S)
    texts = (html.unescape(" ".join((named or text).split())) for named, text in SHOWN.findall(body))
    return {text for text in texts if text}


@pytest.fixture(scope="module", params=CODES)
def language(request):
    return request.param, foreign(request.param)


class TestEveryPage:
    @pytest.mark.parametrize("name", PAGES)
    def test_is_wholly_in_the_language_of_its_reader(self, client, language, name):
        code, strange = language
        client.force_login(AdminFactory(name="Xq", language=code))
        page = client.get(address(name), follow=True)

        assert [text for text in shown(page.text) if strange.fullmatch(text)] == []

    def test_says_in_which_language_it_is(self, client, language):
        code, _strange = language
        client.force_login(AdminFactory(language=code))

        assert f'<html lang="{code}">' in client.get("/relaties/").text


def test_knows_a_text_of_another_language():
    assert foreign("sv").fullmatch(DUTCH["Sign out"])
    assert foreign("en").fullmatch("deze contractant bestaat niet")
    assert not foreign("nl").fullmatch(DUTCH["Sign out"])
