"""What `make run` prepares, and what `make reset` throws away."""

import pytest

from crm.core.management.commands import up
from tests.factories import RelationFactory
from tests.ops import processes


@pytest.fixture
def called(monkeypatch):
    """The commands that `up` calls, instead of carrying them out."""
    called = []
    monkeypatch.setattr(up, "call_command", lambda name, **_: called.append(name))
    monkeypatch.setattr(up.connections, "close_all", lambda: None)
    return called


@pytest.mark.django_db
class TestPrepare:
    def test_loads_demo_data_into_an_empty_database(self, called):
        up.Command().prepare(demo=True)

        assert called == ["migrate", "seed_demo"]

    def test_leaves_the_relations_that_there_are(self, called):
        RelationFactory()

        up.Command().prepare(demo=True)

        assert called == ["migrate"]

    def test_loads_none_when_not_wanted(self, called):
        up.Command().prepare(demo=False)

        assert called == ["migrate"]


class TestReset:
    @pytest.fixture
    def uploads(self, tmp_path):
        """(inside VAR_DIR, elsewhere)"""
        inside, elsewhere = tmp_path / "var/media/letter.pdf", tmp_path / "archive/letter.pdf"
        for upload in (inside, elsewhere):
            upload.parent.mkdir(parents=True)
            upload.touch()
        return inside, elsewhere

    def test_throws_away_database_and_uploads(self, tmp_path, uploads):
        env = processes.environment(tmp_path / "var")
        processes.run(
            "manage.py", "shell", "-v0", "-c", "from django.db import connection; connection.cursor()", env=env
        )
        made = (tmp_path / "var/postgres/data").exists()

        processes.run("manage.py", "reset", env=env)

        assert made
        assert not (tmp_path / "var/postgres/data").exists()
        assert not uploads[0].exists()
        assert processes.those_with(tmp_path) == []

    def test_leaves_uploads_that_are_kept_elsewhere(self, tmp_path, uploads):
        env = processes.environment(tmp_path / "var", MEDIA_ROOT=str(tmp_path / "archive"))

        processes.run("manage.py", "reset", env=env)

        assert uploads[1].exists()

    def test_refuses_a_server_that_is_not_ours(self, tmp_path, uploads):
        env = processes.environment(tmp_path / "var", DATABASE_URL="postgres://nobody@127.0.0.1:1/none")

        refused = processes.start("manage.py", "reset", "--skip-checks", env=env)
        said = refused.communicate(timeout=60)[0]

        assert refused.returncode == 1
        assert "DATABASE_URL names a server of your own" in said
        assert uploads[0].exists()
