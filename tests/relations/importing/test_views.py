"""The screens of an import: upload, columns, dry run, result, undo."""

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from relations.importing import checking, executing, intake
from relations.importing.fields import suggested
from relations.models import Relation, RelationImport
from tests.data import GEMEENTEN
from tests.factories import EmployeeFactory, NoteFactory, RelationFactory

pytestmark = pytest.mark.django_db
UPLOAD = "/relaties/importeren/"


def dry_run(by, text="Nummer;Naam;Plaats\n1;Bakkerij;UTRECHT\n"):
    source = intake.take_in(text.encode(), by=by)
    return checking.check(source, mapping=suggested(source.columns), by=by)


def executed(by, text="Nummer;Naam;Plaats\n1;Bakkerij;UTRECHT\n"):
    return executing.execute(dry_run(by, text), by=by)


def upload(client, content):
    return client.post(UPLOAD, {"file": SimpleUploadedFile("relaties.csv", content)})


def page(name, source):
    return reverse(f"relations:{name}", args=[source.pk])


# name, the import that it needs, the methods that it takes
PAGES = {
    "import_page": (dry_run, ("get",)),
    "import_columns": (dry_run, ("get", "post")),
    "import_execute": (dry_run, ("post",)),
    "import_cancel": (dry_run, ("post",)),
    "import_undo": (executed, ("get", "post")),
}


class TestAccess:
    def test_works_for_an_employee(self, as_employee):
        assert as_employee.get(UPLOAD).status_code == 200

    @pytest.mark.parametrize("method", ["get", "post"])
    def test_sends_somebody_unknown_to_sign_in(self, client, method):
        response = getattr(client, method)(UPLOAD)

        assert response.status_code == 302
        assert response.url.startswith(reverse("accounts:sign_in"))

    @pytest.mark.parametrize("method", ["get", "post"])
    def test_refuses_without_the_right(self, client, method):
        employee = EmployeeFactory()
        employee.groups.clear()
        employee.user_permissions.add(Permission.objects.get(codename="view_relation"))
        client.force_login(employee)

        assert getattr(client, method)(UPLOAD).status_code == 403

    def test_answers_only_to_its_methods(self, as_employee):
        assert as_employee.delete(UPLOAD).status_code == 405

    @pytest.mark.parametrize("name", PAGES)
    def test_of_every_page_is_kept(self, client, employee, name):
        make, methods = PAGES[name]
        address = page(name, make(employee))

        assert getattr(client, methods[0])(address).status_code == 302
        stranger = EmployeeFactory()
        stranger.groups.clear()
        client.force_login(stranger)
        assert [getattr(client, method)(address).status_code for method in methods] == [403] * len(methods)
        assert Relation.objects.count() == (name == "import_undo")

    @pytest.mark.parametrize("name", PAGES)
    def test_of_every_page_is_by_the_right_method(self, as_employee, employee, name):
        make, methods = PAGES[name]
        address = page(name, make(employee))
        others = {"get", "post", "put", "delete"} - set(methods)

        assert {getattr(as_employee, method)(address).status_code for method in others} == {405}

    @pytest.mark.parametrize("name", PAGES)
    @pytest.mark.parametrize("maker", ["colleague", "command line"])
    def test_of_an_import_of_another_is_404(self, as_admin, name, maker):
        make, methods = PAGES[name]
        source = make(EmployeeFactory() if maker == "colleague" else None)

        answers = [getattr(as_admin, method)(page(name, source)).status_code for method in methods]

        assert answers == [404] * len(methods)
        before = source.executed_at, source.undone_at
        source.refresh_from_db()
        assert (source.executed_at, source.undone_at) == before

    @pytest.mark.parametrize("name", PAGES)
    def test_of_an_import_that_is_gone_is_404(self, as_employee, employee, name):
        source = dry_run(employee)
        address = page(name, source)
        intake.cancel(source, by=employee)

        assert getattr(as_employee, PAGES[name][1][0])(address).status_code == 404


class TestUpload:
    def test_leads_to_the_columns(self, as_employee, employee):
        response = upload(as_employee, GEMEENTEN.read_bytes())

        source = RelationImport.objects.get()
        assert response.url == page("import_columns", source)
        assert (source.by, source.rows.count()) == (employee, 380)

    @pytest.mark.parametrize("content", [b"", b"PK\x03\x04", "Naam\nA".encode("utf-16"), b"Plaats\nEde\n"])
    def test_says_what_is_the_matter_and_keeps_nothing(self, as_employee, content):
        response = upload(as_employee, content)

        assert response.status_code == 422
        assert response.context["form"].errors["file"]
        assert not RelationImport.objects.exists()

    def test_says_that_a_file_is_too_large(self, as_employee, monkeypatch):
        monkeypatch.setattr("relations.importing.reading.MAX_BYTES", 10)

        assert upload(as_employee, b"Naam\n" + b"x" * 10).status_code == 413

    def test_asks_for_a_file(self, as_employee):
        assert as_employee.post(UPLOAD).status_code == 422

    def test_shows_what_waits_and_what_was_imported(self, as_employee, employee):
        intake.take_in(b"Naam\nA\n", by=employee)
        executed(employee)

        response = as_employee.get(UPLOAD)

        assert (len(response.context["waiting"]), len(response.context["latest"])) == (1, 1)

    def test_shows_nothing_of_imports_of_others(self, as_employee):
        dry_run(EmployeeFactory())
        executed(EmployeeFactory(), "Naam\nB\n")
        executed(None, "Naam\nC\n")

        response = as_employee.get(UPLOAD)

        assert (len(response.context["waiting"]), len(response.context["latest"])) == (0, 0)


class TestColumns:
    def test_are_suggested_with_examples(self, as_employee, employee):
        source = intake.take_in(b"Naam;Opmerking;\nBakkerij;vast;\n", by=employee)

        form = as_employee.get(page("import_columns", source)).context["form"]

        assert [(field.label, field.initial, examples) for field, examples in form.columns()] == [
            ("Naam", "name", ["Bakkerij"]),
            ("Opmerking", "", ["vast"]),
            ("Kolom 3", "", []),
        ]

    def test_are_kept_and_checked(self, as_employee, employee):
        source = intake.take_in(b"Naam;Titel\nBakkerij;Slager\n", by=employee)

        response = as_employee.post(page("import_columns", source), {"0": "", "1": "name"})

        assert response.url == page("import_page", source)
        assert source.rows.get().after == {"name": "Slager"}

    @pytest.mark.parametrize("choices", [{}, {"0": "name", "1": "name"}, {"0": "city"}, {"0": "manager"}])
    def test_that_cannot_be_are_refused(self, as_employee, employee, choices):
        source = intake.take_in(b"Naam;Titel\nBakkerij;Slager\n", by=employee)

        response = as_employee.post(page("import_columns", source), choices)

        assert response.status_code == 422
        assert response.context["form"].errors
        source.refresh_from_db()
        assert not source.is_checked

    def test_come_before_the_dry_run(self, as_employee, employee):
        source = intake.take_in(b"Naam\nBakkerij\n", by=employee)

        assert as_employee.get(page("import_page", source)).url == page("import_columns", source)


class TestDryRun:
    MIXED = "Nummer;Naam;Plaats\n1;Bakkerij;UTRECHT\n2;Slager;Ede\n2;Smid;Ede\n"

    def test_shows_every_line_with_its_outcome(self, as_employee, employee):
        RelationFactory(number="1", name="Bakkerij", city="Breda")

        response = as_employee.get(page("import_page", dry_run(employee, self.MIXED)))

        rows = response.context["listing"].rows
        assert [row.badge["text"] for row in rows] == ["Gewijzigd", "Fout", "Fout"]
        assert rows[0].changes == [("Plaats", "Breda", "Utrecht")]
        assert rows[1].cells == [("Nummer", "2"), ("Naam", "Slager"), ("Plaats", "Ede")]
        assert "1 relatie importeren" in response.text

    def test_can_be_filtered(self, as_employee, employee):
        response = as_employee.get(page("import_page", dry_run(employee, self.MIXED)), {"outcome": "error"})

        assert [row.row.line for row in response.context["listing"].rows] == [3, 4]

    @pytest.mark.parametrize("query", [{"outcome": "x"}, {"page": "9"}, {"colour": "red"}])
    def test_refuses_an_address_it_does_not_know(self, as_employee, employee, query):
        """B3"""
        response = as_employee.get(page("import_page", dry_run(employee)), query)

        assert response.status_code == 400
        assert response.context["listing"].rows == []

    def test_takes_the_same_number_of_queries_for_3_and_30_rows(self, as_employee, employee):
        def queries(size):
            RelationFactory(number=f"oud{size}")
            lines = [f"n{size}-{n};Naam {n};Ede" for n in range(size)]
            source = dry_run(employee, "\n".join(["Nummer;Naam;Plaats", f"oud{size};A;Ede", *lines]))
            with CaptureQueriesContext(connection) as captured:
                as_employee.get(page("import_page", source))
            return len(captured)

        queries(1)

        assert queries(3) == queries(30)


class TestExecute:
    def test_imports_and_shows_the_result(self, as_employee, employee):
        source = dry_run(employee)

        response = as_employee.post(page("import_execute", source), follow=True)

        assert Relation.objects.get().city == "Utrecht"
        assert response.templates[0].name == "relations/importing/result.html"
        assert "1 relatie geïmporteerd" in response.text

    def test_twice_imports_once(self, as_employee, employee):
        source = dry_run(employee)

        answers = [as_employee.post(page("import_execute", source)).url for _ in range(2)]

        assert answers == [page("import_page", source)] * 2
        assert Relation.objects.count() == 1

    def test_with_errors_asks_for_the_tick(self, as_employee, employee):
        source = dry_run(employee, "Naam;E-mail\nA;\nB;fout\n")

        response = as_employee.post(page("import_execute", source))

        assert response.status_code == 422
        assert not Relation.objects.exists()
        as_employee.post(page("import_execute", source), {"leave_out_errors": "on"})
        assert Relation.objects.get().name == "A"

    def test_after_a_change_shows_how_it_is_now(self, as_employee, employee):
        source = dry_run(employee)
        RelationFactory(number="1", name="Bakkerij", city="Utrecht")

        response = as_employee.post(page("import_execute", source))

        assert response.status_code == 409
        assert "regel 2 heeft nu een andere uitkomst" in response.text
        assert [row.badge["text"] for row in response.context["listing"].rows] == ["Ongewijzigd"]
        assert not RelationImport.objects.executed().exists()


class TestCancel:
    def test_forgets_the_file(self, as_employee, employee):
        response = as_employee.post(page("import_cancel", dry_run(employee)))

        assert response.url == reverse("relations:import")
        assert not RelationImport.objects.exists()

    def test_refuses_what_was_carried_out(self, as_employee, employee):
        assert as_employee.post(page("import_cancel", executed(employee))).status_code == 409


class TestUndo:
    def test_shows_what_it_would_do(self, as_employee, employee):
        source = executed(employee, "Nummer;Naam\n1;A\n2;B\n")
        NoteFactory(relation=Relation.objects.get(number="1"))

        plan = as_employee.get(page("import_undo", source)).context["plan"]

        assert (len(plan.remove), len(plan.revert), len(plan.kept)) == (1, 0, 1)
        assert Relation.objects.count() == 2

    def test_does_that(self, as_employee, employee):
        source = executed(employee)
        address = page("import_undo", source)

        response = as_employee.post(address, {"expected": as_employee.get(address).context["plan"].hash}, follow=True)

        assert "ongedaan gemaakt" in response.text
        assert not Relation.objects.exists()
        assert as_employee.get(address).url == page("import_page", source)

    def test_refuses_when_it_would_do_something_else_by_now(self, as_employee, employee):
        source = executed(employee)

        response = as_employee.post(page("import_undo", source), {"expected": "other"})

        assert response.status_code == 409
        assert Relation.objects.count() == 1

    def test_refuses_without_what_was_shown(self, as_employee, employee):
        assert as_employee.post(page("import_undo", executed(employee))).status_code == 400
