"""R31, R32: of an erased relation not a word stays behind, in no table, no history, no dump, no file."""

import os
import subprocess

import pytest
from django.conf import settings
from django.db import connection

from archiving import policies
from archiving.erasure import files
from archiving.models import FileRemoval
from archiving.verifying import residue
from crm.postgres import programs
from tests import factories
from tests.archiving.acting import archive, erase
from tests.archiving.canary import MAKERS, Canary

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def canary():
    return Canary("KANARIE")


@pytest.fixture
def twin():
    """Somebody else with one of everything, who must keep every word."""
    return Canary("TWEELING")


@pytest.fixture
def administrator():
    return factories.AdminFactory()


def dump():
    """The whole database as pg_dump writes it."""
    given = connection.settings_dict
    program = programs.folder() / "pg_dump" if settings.EMBEDDED_POSTGRES else "pg_dump"
    target = {"PGHOST": given["HOST"], "PGUSER": given["USER"], "PGPASSWORD": given.get("PASSWORD", "")}
    target |= {"PGPORT": str(given["PORT"])} if given.get("PORT") else {}
    done = subprocess.run(
        [program, given["NAME"]], env=os.environ | target, capture_output=True, text=True, check=True, timeout=120
    )
    return done.stdout


def media():
    """Names and contents of all uploads."""
    return "".join(f"{path} {path.read_text()}" for path in settings.MEDIA_ROOT.rglob("*") if path.is_file())


class TestTheCanary:
    def test_has_a_row_of_everything_a_relation_can_own(self):
        assert {policy.label for policy in policies.policies()} == set(MAKERS)

    def test_is_found_everywhere_before(self, canary):
        text = dump() + media()

        assert [token for token in canary.tokens if token not in text] == []


class TestErasing:
    @pytest.fixture(autouse=True)
    def erased(self, canary, twin, administrator):
        archive(canary.relation, by=administrator)
        outcome = erase(canary.relation, by=administrator)
        files.remove_marked()
        assert outcome.done == [canary.relation.pk]

    def test_leaves_not_one_word_in_the_database(self, canary):
        text = dump()

        assert [token for token in canary.tokens if token in text] == []

    def test_leaves_not_one_word_in_the_files(self, canary):
        contents = media()

        assert [token for token in canary.tokens if token in contents] == []
        assert not FileRemoval.objects.exists()

    def test_is_seen_by_the_search_for_residue_too(self, canary, twin):
        assert residue(["KANARIE"]) == {}
        assert residue(["TWEELING"])

    def test_leaves_every_word_of_somebody_else(self, twin):
        text = dump() + media()

        assert [token for token in twin.tokens if token not in text] == []


class TestABareRelation:
    def test_leaves_nothing_at_all(self, administrator):
        """R88: the row itself is gone too."""
        relation = factories.RelationFactory(name="KANARIE B.V.", email="kanarie@kanarie.example")
        factories.ContactFactory(relation=relation, person__family_name="KANARIE")
        archive(relation, by=administrator)

        erase(relation, by=administrator)

        assert residue(["KANARIE", relation.number]) == {}
