"""Afresh: throws away the private database, the uploads and the clock's notes of this checkout."""

import shutil
from pathlib import Path

from django.conf import settings
from django.core.management import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Throw away the local database and uploads."

    def handle(self, **_):
        if settings.EMBEDDED_POSTGRES is None:
            raise CommandError("DATABASE_URL names a server of your own; this only throws away the private one.")
        if not settings.EMBEDDED_POSTGRES.remove():
            raise CommandError("The database is in use: stop `make run` first.")
        self.remove_files()
        self.stdout.write(f"Thrown away: database and uploads in {settings.VAR_DIR}. `make run` starts afresh.")

    def remove_files(self):
        """Only inside VAR_DIR: a MEDIA_ROOT elsewhere was chosen by somebody, for more than trying out."""
        media = Path(settings.MEDIA_ROOT)
        if media.is_relative_to(settings.VAR_DIR):
            shutil.rmtree(media, ignore_errors=True)
        for notes in settings.VAR_DIR.glob("celerybeat-schedule*"):
            notes.unlink()
