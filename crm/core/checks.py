"""What must be in order before anything starts, said by `manage.py check` and every command that begins with it."""

from pathlib import Path

from django.conf import settings
from django.core.checks import Error, Warning

HINT = "Run bin/setup (or bin/compile_translations)."


def translations_are_compiled(app_configs, **_options):
    """Without a compiled catalogue every page is in English, and nothing says why."""
    sources = [source for folder in settings.LOCALE_PATHS for source in Path(folder).glob("*/LC_MESSAGES/*.po")]
    return [message for source in sources for message in _messages_about(source)]


def _messages_about(source):
    compiled = source.with_suffix(".mo")
    if not compiled.exists():
        yield Error(f"The translations are not compiled: there is no {compiled}.", hint=HINT, id="core.E001")
    elif compiled.stat().st_mtime < source.stat().st_mtime:
        yield Warning(f"The translations have changed since {compiled} was compiled.", hint=HINT, id="core.W001")


def key_is_secret(app_configs, **_options):
    """Served to the world with the key that stands in the source, anybody could sign a session."""
    if settings.HTTPS and settings.SECRET_KEY == settings.KNOWN_SECRET_KEY:
        yield Error("SECRET_KEY is the known one.", hint="Set SECRET_KEY (docs/operations.md).", id="core.E002")
