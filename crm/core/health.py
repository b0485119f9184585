"""Is everything there that the site needs? Asked by load balancers, containers and `manage.py up`."""

import logging

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from kombu import Connection

logger = logging.getLogger(__name__)
TIMEOUT = 2  # seconds for a broker that does not answer


@login_not_required
@require_safe
@never_cache
def health(request):
    """200, or 503 with what is the matter and what to do about it; says nothing about who or where."""
    problems = {name: problem for name, check in CHECKS.items() if (problem := _problem(name, check))}
    answer = {
        "status": "unavailable" if problems else "ok",
        "version": settings.APP_VERSION,
        "build": settings.APP_BUILD,
        "problems": problems,
    }
    return JsonResponse(answer, status=503 if problems else 200)


def _problem(name, check):
    try:
        return check()
    except Exception as error:  # whatever it is, the answer is a 503 that says which part
        logger.warning("health: %s: %s", name, error)
        return f"does not answer ({type(error).__name__})"


def database():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def migrations():
    executor = MigrationExecutor(connection)
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return f"{len(pending)} not applied: run manage.py migrate" if pending else None


def broker():
    return own_queues() if settings.CELERY_BROKER_URL == settings.PGMQ else broker_elsewhere()


def own_queues():
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('pgmq.meta')")
        there = cursor.fetchone()[0]
    return None if there else "no queues in this database: run manage.py migrate core zero and manage.py migrate"


def broker_elsewhere():
    options = {"socket_connect_timeout": TIMEOUT, "socket_timeout": TIMEOUT}
    with Connection(settings.CELERY_BROKER_URL, connect_timeout=TIMEOUT, transport_options=options) as there:
        there.ensure_connection(max_retries=1, interval_start=0, timeout=TIMEOUT)


CHECKS = {"database": database, "migrations": migrations, "broker": broker}
