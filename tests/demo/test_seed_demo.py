import hashlib
from io import StringIO

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from crm.demo import seeding
from relations.models import DossierItem, Relation
from relations.record.numbers import issue_number
from tests.demo.conftest import TODAY
from tests.factories import RelationFactory

CONTENT = [
    "SELECT name, number, email, phone, iban, street, city, status, created_at FROM relations_relation ORDER BY id",
    "SELECT given_name, prefix, family_name, email, mobile FROM relations_person ORDER BY id",
    "SELECT number, status, issued_on, net, vat, total, paid FROM billing_invoice ORDER BY id",
    "SELECT worked_on, hours, rate, description, invoice_line_id IS NULL FROM billing_timesheetline ORDER BY id",
    "SELECT text, at FROM relations_note ORDER BY id",
    "SELECT email, state, last_login_at FROM portals_portalaccount ORDER BY id",
    "SELECT number, status, history_date, history_type FROM relations_historicalrelation ORDER BY history_id",
]


def undone(work):
    """What `work` gives, after which all it did is rolled back."""
    with transaction.atomic():
        result = work()
        transaction.set_rollback(True)
    return result


def digest(count):
    seeding.fill(count, today=TODAY)
    with connection.cursor() as cursor:
        return [_digest_of(cursor, sql) for sql in CONTENT]


def _digest_of(cursor, sql):
    cursor.execute(sql)
    return hashlib.sha256(repr(cursor.fetchall()).encode()).hexdigest()


def statements(count):
    ContentType.objects.clear_cache()
    with CaptureQueriesContext(connection) as queries:
        seeding.seed(count, today=TODAY)
    return len(queries)


@pytest.mark.django_db
class TestSeeding:
    def test_gives_the_same_every_time(self):
        assert undone(lambda: digest(120)) == undone(lambda: digest(120))

    def test_takes_as_many_statements_for_twice_as_many_relations(self):
        assert undone(lambda: statements(300)) == undone(lambda: statements(600))

    def test_leaves_no_table_or_setting_behind(self):
        seeding.fill(60, today=TODAY)

        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_class WHERE relname LIKE 'demo\\_%'")
            assert cursor.fetchone() == (0,)
            cursor.execute(
                "SELECT current_setting('session_replication_role'), current_setting('archiving.engine', true)"
            )
            assert cursor.fetchone() == ("origin", "")

    def test_issues_the_next_number_after_its_own(self):
        seeding.fill(60, today=TODAY)

        assert issue_number() == "10061"


@pytest.mark.django_db
class TestCommand:
    def test_makes_as_many_as_asked(self):
        out = StringIO()

        call_command("seed_demo", relations=60, stdout=out)

        assert Relation.objects.count() == 60 - 4  # four were really deleted
        assert "60" in out.getvalue()

    def test_puts_real_files_in_the_dossier(self):
        call_command("seed_demo", relations=60, stdout=StringIO())

        for item in DossierItem.objects.exclude(file=""):
            assert item.file.read().startswith(b"%PDF-")

    def test_refuses_when_there_are_relations(self):
        RelationFactory()

        with pytest.raises(CommandError, match="relations already"):
            call_command("seed_demo")

        assert Relation.objects.count() == 1

    def test_is_quiet_when_only_wanted_if_empty(self):
        RelationFactory()
        out = StringIO()

        call_command("seed_demo", if_empty=True, stdout=out)

        assert Relation.objects.count() == 1
        assert not out.getvalue()

    def test_refuses_fewer_than_can_show_every_state(self):
        with pytest.raises(CommandError, match="At least 60"):
            call_command("seed_demo", relations=10)

        assert not Relation.objects.exists()
