"""Exporting exactly a frozen set (B4)."""

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from crm.jobs import freezing
from crm.jobs.models import Job, JobState
from relations.bulk import forms as bulk_forms
from relations.models import Relation
from tests.archiving.acting import archive, erase
from tests.factories import RelationFactory, RelationTagFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def relations():
    return RelationFactory.create_batch(3)


@pytest.fixture
def job(relations, employee):
    return freezing.freeze(Relation.objects.filter(pk__in=[r.pk for r in relations]), by=employee)


def export(client, job, columns=("number", "name"), format="csv"):
    return client.post(reverse("relations:bulk_export", args=[job.pk]), {"format": format, "columns": columns})


def file_of(client, job):
    return client.get(reverse("relations:bulk_export_file", args=[job.pk]))


def lines(response):
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


class TestExporting:
    def test_gives_exactly_the_frozen_set(self, as_employee, job, relations):
        RelationFactory()

        response = export(as_employee, job)

        assert response.url == reverse("relations:bulk_export", args=[job.pk])
        assert "Bestand downloaden" in as_employee.get(response.url).content.decode()
        assert lines(file_of(as_employee, job)) == [["Nummer", "Naam"], *([r.number, r.name] for r in relations)]

    def test_is_a_job_of_which_every_relation_is_done(self, as_employee, job, employee):
        """B4: who took what out, and when, stands in the job centre."""
        export(as_employee, job)

        job.refresh_from_db()
        assert (job.operation, job.state, job.done, job.total) == ("export", JobState.DONE, 3, 3)
        assert job.by == employee
        assert job.confirmed_at

    def test_writes_every_column_in_dutch(self, as_employee, employee):
        relation = RelationFactory(
            status="former", former_since="2026-03-02", phone="+31302345678", manager=employee, newsletter=True
        )
        for name in ("MKB", "Zorg"):
            RelationTagFactory(relation=relation, tag__name=name)
        job = freezing.freeze(Relation.objects.filter(pk=relation.pk), by=employee)
        columns = ["status", "former_since", "manager", "tags", "phone", "newsletter", "kind"]

        export(as_employee, job, columns)

        head, row = lines(file_of(as_employee, job))
        assert dict(zip(head, row, strict=True)) == {
            "Status": "Voormalig",
            "Voormalig sinds": "02-03-2026",
            "Relatiebeheerder": "Marieke de Wit",
            "Kenmerken": "MKB, Zorg",
            "Telefoonnummer": "030 234 5678",
            "Ontvangt de nieuwsbrief": "ja",
            "Soort": "Organisatie",
        }

    def test_can_write_all_columns_at_once(self, as_employee, job):
        export(as_employee, job, [key for key, _label in bulk_forms.exporting.CHOICES])

        assert len(lines(file_of(as_employee, job))) == 4

    def test_as_excel_holds_the_same(self, as_employee, job, relations):
        export(as_employee, job, format="xlsx")

        response = file_of(as_employee, job)
        sheet = load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
        assert [list(row) for row in sheet.iter_rows(values_only=True)] == [
            ["Nummer", "Naam"],
            *([r.number, r.name] for r in relations),
        ]
        assert f"relaties-{job.pk}.xlsx" in response["Content-Disposition"]

    def test_lets_no_name_run_as_a_formula(self, as_employee, employee):
        relation = RelationFactory(name='=HYPERLINK("http://kwaad.example")')
        job = freezing.freeze(Relation.objects.filter(pk=relation.pk), by=employee)

        export(as_employee, job, ["name"])

        assert lines(file_of(as_employee, job))[1] == [f"'{relation.name}"]

    def test_includes_what_was_archived_since_and_says_so(self, as_employee, job, relations, employee):
        archive(relations[0], by=employee)

        page = as_employee.get(reverse("relations:bulk_export", args=[job.pk])).content.decode()
        export(as_employee, job, ["number", "archived_at"])

        assert "1 van deze relaties is intussen gearchiveerd" in page
        assert [bool(row[1]) for row in lines(file_of(as_employee, job))[1:]] == [True, False, False]

    def test_names_no_debtor_that_is_withheld_from_the_reader(self, as_employee, employee):
        relation = RelationFactory(invoice_debtor=RelationFactory(number="90901", restricted=True))
        job = freezing.freeze(Relation.objects.filter(pk=relation.pk), by=employee)

        export(as_employee, job, columns=("number", "invoice_debtor"))

        assert lines(file_of(as_employee, job))[1:] == [[relation.number, "Afgeschermde relatie"]]

    def test_holds_nothing_of_what_was_erased_since(self, as_employee, job, relations, admin):
        export(as_employee, job)
        archive(relations[0], by=admin)
        erase(relations[0], by=admin)

        assert len(lines(file_of(as_employee, job))) == 3

    def test_twice_is_one_export(self, as_employee, job):
        export(as_employee, job)

        assert export(as_employee, job, ["email"]).status_code == 200
        assert lines(file_of(as_employee, job))[0] == ["Nummer", "Naam"]

    def test_reads_in_one_query_whatever_the_number(self, as_employee, employee):
        counts = []
        for number in (3, 30):
            RelationFactory.create_batch(number)
            job = freezing.freeze(Relation.objects.all(), by=employee)
            export(as_employee, job, ["number", "tags", "manager"])
            with CaptureQueriesContext(connection) as captured:
                assert len(lines(file_of(as_employee, job))) > number
            counts.append(len(captured))

        assert counts[0] == counts[1]


class TestRefusing:
    def test_of_no_columns(self, as_employee, job):
        assert export(as_employee, job, []).status_code == 422
        assert Job.objects.get().is_draft

    @pytest.mark.parametrize("columns", [["citizen_service_number"], ["search"], ["archival"]])
    def test_of_columns_that_are_not_offered(self, as_employee, job, columns):
        assert export(as_employee, job, columns).status_code == 422

    def test_of_more_than_excel_may_hold_names_the_way_out(self, as_employee, job, monkeypatch):
        monkeypatch.setattr(bulk_forms, "MOST_IN_XLSX", 2)

        response = export(as_employee, job, format="xlsx")

        assert response.status_code == 422
        assert "Kies CSV" in response.content.decode()
        assert export(as_employee, job).status_code == 302

    def test_of_a_file_when_the_hour_is_over(self, as_employee, job):
        export(as_employee, job)
        Job.objects.update(confirmed_at=timezone.now() - timedelta(hours=2))

        response = file_of(as_employee, job)

        assert response.status_code == 410
        assert "niet meer beschikbaar" in response.content.decode()
        assert as_employee.get(reverse("relations:bulk_export", args=[job.pk])).url == reverse(
            "jobs:job", args=[job.pk]
        )

    def test_of_a_file_of_another_job(self, as_employee, job):
        assert file_of(as_employee, job).status_code == 404

    def test_of_a_file_of_a_colleague(self, as_employee, client, job, admin):
        export(as_employee, job)
        client.force_login(admin)

        assert file_of(client, job).status_code == 404
