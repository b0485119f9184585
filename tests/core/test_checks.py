"""What `manage.py check` says before anybody sees a page in the wrong language."""

import os

import polib
import pytest
from django.core.checks import Tags, run_checks


@pytest.fixture
def catalogue(tmp_path, settings):
    """The texts of another checkout, translated and compiled."""
    source = tmp_path / "nl/LC_MESSAGES/django.po"
    source.parent.mkdir(parents=True)
    polib.POFile().save(str(source))
    polib.POFile().save_as_mofile(str(source.with_suffix(".mo")))
    os.utime(source, (1, 1))
    settings.LOCALE_PATHS = [tmp_path]
    return source


def said():
    return [message for message in run_checks(tags=[Tags.translation]) if message.id.startswith("core.")]


class TestTranslations:
    def test_that_are_compiled_are_well(self, catalogue):
        assert said() == []

    def test_that_were_never_compiled_stop_every_command(self, catalogue):
        catalogue.with_suffix(".mo").unlink()

        (error,) = said()

        assert error.id == "core.E001"
        assert error.is_serious()
        assert "bin/setup (or bin/compile_translations)" in error.hint

    def test_that_are_older_than_their_source_are_told(self, catalogue):
        os.utime(catalogue.with_suffix(".mo"), (0, 0))

        (warning,) = said()

        assert warning.id == "core.W001"
        assert not warning.is_serious()
        assert "bin/setup" in warning.hint


class TestTheKey:
    def test_that_everybody_knows_stops_a_site_behind_https(self, settings):
        settings.HTTPS, settings.SECRET_KEY = True, settings.KNOWN_SECRET_KEY

        assert "core.E002" in [message.id for message in run_checks(tags=[Tags.security])]

    def test_of_ones_own_is_well(self, settings):
        settings.HTTPS, settings.SECRET_KEY = True, "of-our-own"

        assert "core.E002" not in [message.id for message in run_checks(tags=[Tags.security])]
