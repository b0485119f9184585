"""A database of its own with demo data, removed afterwards."""

import sys
import tempfile
import time
from contextlib import contextmanager

from django.conf import settings
from django.db import connection
from django.test.utils import override_settings
from django.utils import timezone

from crm.demo import seeding

NAME = "archivaris_bench"


@contextmanager
def made(count):
    """Inside, the default database holds `count` relations and nothing else."""
    started = time.monotonic()
    own = settings.DATABASES["default"]["NAME"]
    connection.settings_dict["TEST"]["NAME"] = NAME
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        with tempfile.TemporaryDirectory() as folder, override_settings(MEDIA_ROOT=folder):
            seeding.seed(count, today=timezone.localdate())
            seeding.analyse()
            tidy()
            print(f"{count} relations made in {time.monotonic() - started:.1f} s", file=sys.stderr)
            yield
    finally:
        connection.creation.destroy_test_db(own, verbosity=0)


def tidy():
    """As autovacuum would in time: every run then starts from the same."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
