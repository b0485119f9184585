"""manage.py import_relations: the same road as the screen."""

import io

import pytest
from django.core.management import CommandError, call_command

from relations.models import Relation, RelationImport
from tests.data import GEMEENTEN
from tests.factories import EmployeeFactory

pytestmark = pytest.mark.django_db


def command(file, **options):
    out = io.StringIO()
    call_command("import_relations", file, stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def file(tmp_path):
    def write(text):
        path = tmp_path / "relaties.csv"
        path.write_text(text)
        return path

    return write


class TestCommand:
    def test_imports_the_real_file(self, employee):
        out = command(GEMEENTEN, by=employee.email)

        assert "Nieuw: 380" in out
        assert Relation.objects.count() == 380
        assert RelationImport.objects.get().by == employee

    def test_needs_nobody(self):
        command(GEMEENTEN)

        assert RelationImport.objects.get().by is None
        assert Relation.history.filter(history_user=None).count() == 380

    def test_only_tells_in_a_dry_run(self):
        out = command(GEMEENTEN, dry_run=True)

        assert "Nieuw: 380" in out
        assert not RelationImport.objects.exists()
        assert not Relation.objects.exists()

    def test_imports_nothing_when_a_line_is_wrong(self, file):
        path = file("Naam;E-mail\nA;\nGeheim;fout@\n")

        with pytest.raises(CommandError):
            command(path)

        assert not Relation.objects.exists()
        assert not RelationImport.objects.exists()

    def test_tells_the_line_and_the_reason_but_no_value(self, file):
        out = io.StringIO()

        with pytest.raises(CommandError):
            call_command("import_relations", file("Naam;E-mail\nGeheim;fout@\n"), stdout=out)

        assert "  2: E-mailadres: Dit is geen e-mailadres." in out.getvalue()
        assert "Geheim" not in out.getvalue()
        assert "fout@" not in out.getvalue()

    def test_leaves_errors_out_when_told_so(self, file):
        command(file("Naam;E-mail\nA;\nB;fout\n"), leave_out_errors=True)

        assert Relation.objects.get().name == "A"

    @pytest.mark.parametrize("text", ["", "Plaats\nEde\n", 'Naam\n"A\n'])
    def test_says_what_is_the_matter_with_a_file(self, file, text):
        with pytest.raises(CommandError):
            command(file(text))

    def test_says_that_there_is_no_file(self):
        with pytest.raises(CommandError, match="cannot be read"):
            command("/nergens.csv")

    def test_knows_only_employees_with_the_right(self, file):
        stranger = EmployeeFactory()
        stranger.groups.clear()

        for email in (stranger.email, "nobody@kantoor.example"):
            with pytest.raises(CommandError):
                command(file("Naam\nA\n"), by=email)

        assert not Relation.objects.exists()
