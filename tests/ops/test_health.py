"""/health/ says 200 when all is fine, else 503 with what is the matter, and nothing about who or where."""

import pytest
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder

from crm.core import health

pytestmark = pytest.mark.django_db


@pytest.fixture
def check(client):
    def check():
        answer = client.get("/health/")
        return answer.status_code, answer.json()["problems"]

    return check


class TestHealth:
    def test_is_fine_for_anybody(self, client):
        answer = client.get("/health/")

        assert answer.status_code == 200
        assert answer.json() == {"status": "ok", "version": "4.2.0", "build": "105", "problems": {}}
        assert "no-store" in answer["Cache-Control"]

    def test_is_only_read(self, client):
        assert client.post("/health/").status_code == 405

    def test_names_migrations_that_are_not_applied(self, check):
        MigrationRecorder(connection).record_unapplied("core", "0001_pgmq")

        assert check() == (503, {"migrations": "1 not applied: run manage.py migrate"})

    def test_names_missing_queues(self, check):
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA pgmq CASCADE")

        status, problems = check()

        assert status == 503
        assert problems["broker"].startswith("no queues in this database")

    def test_names_a_broker_that_is_down(self, check, settings):
        settings.CELERY_BROKER_URL = "redis://:secret@127.0.0.1:1/0"

        status, problems = check()

        assert status == 503
        assert problems == {"broker": "does not answer (OperationalError)"}

    def test_names_a_database_that_is_down(self, client, monkeypatch, settings):
        def refuse():
            raise DatabaseError("password=secret")

        monkeypatch.setitem(health.CHECKS, "database", refuse)

        answer = client.get("/health/")

        assert answer.status_code == 503
        assert answer.json()["problems"] == {"database": "does not answer (DatabaseError)"}

    def test_is_not_sent_to_https(self, client, settings):
        settings.SECURE_SSL_REDIRECT = True

        assert client.get("/health/").status_code == 200

    @pytest.mark.redis
    def test_is_fine_with_redis(self, check, settings, redis_url):
        settings.CELERY_BROKER_URL = redis_url

        assert check() == (200, {})
