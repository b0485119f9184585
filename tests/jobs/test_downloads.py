"""The outcomes as a file, with a reason for each (B4)."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from relations.models import Relation
from tests.jobs.jobs import ended_job, job_over

pytestmark = pytest.mark.django_db
HEAD = ["Nummer", "Naam", "Uitkomst", "Reden"]


@pytest.fixture(autouse=True)
def known(operation):
    return operation(reasons={"GONE": "bestaat niet meer"})


def download(client, job, kind="csv", **query):
    return client.get(reverse("jobs:outcomes", args=[job.pk, kind]), query)


def lines(answer):
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


class TestDownload:
    def test_holds_every_relation_with_outcome_and_reason(self, as_employee, employee):
        job = ended_job(employee, done=1, skipped=1)
        done, skipped = [item.target for item in job.items.select_related("target").order_by("target_id")]

        answer = download(as_employee, job)

        assert lines(answer) == [
            HEAD,
            [done.number, done.name, "Gedaan", ""],
            [skipped.number, skipped.name, "Overgeslagen", "bestaat niet meer"],
        ]
        assert answer["Content-Disposition"] == f'attachment; filename="opdracht-{job.pk}.csv"'

    def test_of_one_outcome_holds_those(self, as_employee, employee):
        answer = download(as_employee, ended_job(employee, done=2, skipped=1), outcome="skipped")

        assert [row[2] for row in lines(answer)] == ["Uitkomst", "Overgeslagen"]

    def test_for_excel_holds_the_same(self, as_employee, employee):
        job = ended_job(employee, done=1, skipped=1)

        answer = download(as_employee, job, "xlsx")

        sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
        assert [[cell or "" for cell in row] for row in sheet.values] == lines(download(as_employee, job))

    @pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
    @pytest.mark.parametrize("kind", ["csv", "xlsx"])
    def test_holds_no_formula(self, as_employee, employee, kind, start):
        job = ended_job(employee, done=1)
        Relation.objects.update(name=f"{start}HYPERLINK(1)")

        answer = download(as_employee, job, kind)

        content = b"".join(answer.streaming_content)
        if kind == "xlsx":
            name = load_workbook(io.BytesIO(content)).active["B2"].value
        else:
            name = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))[1][1]
        assert name[0] == "'"

    def test_of_a_draft_is_refused(self, as_employee, employee):
        assert download(as_employee, job_over(1, employee)).status_code == 409

    def test_of_an_outcome_that_does_not_exist_is_refused(self, as_employee, employee):
        assert download(as_employee, ended_job(employee, done=1), outcome="x").status_code == 400

    def test_takes_the_same_number_of_queries_for_3_and_30_rows(self, as_employee, employee):
        def queries(job):
            with CaptureQueriesContext(connection) as captured:
                lines(download(as_employee, job))
            return len(captured)

        assert queries(ended_job(employee, done=3)) == queries(ended_job(employee, done=30))
