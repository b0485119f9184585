"""The site's settings with what makes tests quick: an own database without durability, a cheap password hash."""

import os

from crm.postgres.server import FAST, EmbeddedPostgres
from crm.settings import *  # noqa: F403
from crm.settings import DATABASES, EMBEDDED_POSTGRES, VAR_DIR

if EMBEDDED_POSTGRES:
    EMBEDDED_POSTGRES = EmbeddedPostgres(VAR_DIR / "postgres-tests", FAST)
    DATABASES["default"] |= {"HOST": str(EMBEDDED_POSTGRES.socket_dir), "SERVER": EMBEDDED_POSTGRES}
if name := os.environ.get("TEST_DATABASE"):
    DATABASES["default"]["TEST"] = {"NAME": name}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
MEDIA_ROOT = VAR_DIR / "test-media"
CELERY_TASK_ALWAYS_EAGER = True  # no worker listens; tests/ops starts real ones
