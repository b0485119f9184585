from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from billing.reports import reports
from tests.archiving.acting import archive, erase
from tests.factories import EmployeeFactory, InvoiceFactory, RelationFactory, TimesheetLineFactory

pytestmark = pytest.mark.django_db
OLD = {"issued_on": date(2010, 5, 3), "due_on": date(2010, 6, 2)}


class TestHours:
    def test_are_counted_per_employee_and_month(self):
        anna, bert = EmployeeFactory(name="Anna"), EmployeeFactory(name="Bert")
        TimesheetLineFactory(employee=bert, worked_on=date(2026, 1, 31), hours=Decimal("1.5"))
        TimesheetLineFactory(employee=anna, worked_on=date(2026, 3, 1), hours=2)
        TimesheetLineFactory(employee=anna, worked_on=date(2026, 3, 31), hours=3, billable=False)
        TimesheetLineFactory(employee=anna, worked_on=date(2025, 12, 31), hours=8)

        report = reports.hours_per_employee(2026)

        assert [(row.name, row.total, row.billable) for row in report.rows] == [
            ("Anna", 5, 2),
            ("Bert", Decimal("1.5"), Decimal("1.5")),
        ]
        assert report.rows[0].months[2] == 5
        assert (report.months[0], report.months[2], report.total) == (Decimal("1.5"), 5, Decimal("6.5"))


class TestRevenue:
    def test_is_counted_per_month_without_drafts_and_credited(self):
        InvoiceFactory(issued_on=date(2026, 1, 31))
        InvoiceFactory(issued_on=date(2026, 1, 1), settled=True)
        InvoiceFactory(issued_on=date(2026, 1, 5), status="draft")
        InvoiceFactory(issued_on=date(2026, 1, 6), status="credited")
        InvoiceFactory(**OLD)

        report = reports.revenue_per_month(2026)

        month, january = report.months[0]
        assert month == date(2026, 1, 1)
        assert january == reports.Revenue(2, Decimal(200), Decimal(42), Decimal(242), credited=Decimal(121))
        assert report.whole == january
        assert len(report.months) == 12


class TestDebtors:
    def test_owe_what_is_open_by_its_age(self):
        on = date(2026, 6, 1)
        holding = RelationFactory(name="Oude Molen", number="10400")
        for month, day in ((6, 1), (5, 31), (5, 2), (5, 1), (3, 3), (3, 2)):
            due_on = date(2026, month, day)
            InvoiceFactory(debtor=holding, relation=RelationFactory(), issued_on=date(2026, 1, 1), due_on=due_on)
        InvoiceFactory(debtor=holding, settled=True)
        InvoiceFactory(paid=Decimal("100"), due_on=date(2026, 7, 1))
        InvoiceFactory(status="draft")
        InvoiceFactory(status="credited")

        report = reports.debtors(on, by=None)

        first, second = report.rows
        assert (first.number, first.name, first.invoices, first.open) == ("10400", "Oude Molen", 6, 726)
        assert first.ages == (121, 242, 121, 121, 121)
        assert second.ages == (21, 0, 0, 0, 0)
        assert (report.whole.invoices, report.whole.open) == (7, 747)
        assert sum(report.whole.ages) == report.whole.open


class TestErasing:
    def test_leaves_every_figure_as_it_was(self, admin):
        """R35, R36"""
        relation = RelationFactory(name="Bakkerij Van der Meer B.V.")
        TimesheetLineFactory(relation=relation, worked_on=date(2010, 5, 3), employee=admin, billable=False)
        InvoiceFactory(relation=relation, debtor=relation, settled=True, **OLD)
        InvoiceFactory(relation=relation, debtor=relation, status="credited", **OLD)
        archive(relation, by=admin)
        before = reports.hours_per_employee(2010), reports.revenue_per_month(2010)

        erase(relation, by=admin)

        assert (reports.hours_per_employee(2010), reports.revenue_per_month(2010)) == before
        assert before[0].total == 2
        assert before[1].whole.total == 121

    def test_leaves_debtors_and_their_amounts(self, admin):
        """R35, R36: an erased relation whose invoices somebody else pays leaves that debtor as it was"""
        holding, relation = RelationFactory(), RelationFactory()
        InvoiceFactory(relation=holding, debtor=holding)
        InvoiceFactory(relation=relation, debtor=holding, settled=True, **OLD)
        archive(relation, by=admin)
        before = reports.debtors(date(2026, 6, 1), by=None)

        erase(relation, by=admin)

        assert reports.debtors(date(2026, 6, 1), by=None) == before


class TestPages:
    PAGES = ["report_hours", "report_revenue", "report_debtors"]

    @pytest.mark.parametrize("name", PAGES)
    def test_show_and_download_the_report(self, as_employee, name):
        line = TimesheetLineFactory(worked_on=date(2026, 3, 2), billed=True)
        InvoiceFactory(relation=line.relation, debtor=line.relation)
        url = reverse(f"billing:{name}")
        year = {} if name == "report_debtors" else {"jaar": "2026"}

        page = as_employee.get(url, year)
        file = as_employee.get(url, {**year, "bestand": "csv"})

        assert page.status_code == 200
        assert "Totaal" in page.content.decode()
        assert file["Content-Type"] == "text/csv; charset=utf-8"
        assert "Totaal" in file.content.decode("utf-8-sig").splitlines()[-1]

    @pytest.mark.parametrize("name", PAGES)
    def test_take_the_same_number_of_queries_for_many(self, as_employee, name):
        counts = []
        for size in (3, 30):
            TimesheetLineFactory.create_batch(size)
            InvoiceFactory.create_batch(size)
            with CaptureQueriesContext(connection) as queries:
                as_employee.get(reverse(f"billing:{name}"))
            counts.append(len(queries))

        assert counts[0] == counts[1]

    @pytest.mark.parametrize(
        "query", ["?jaar=x", "?jaar=20266", "?jaar=0001", "?jaar=२०२६", "?jaar=2025&jaar=2026", "?bestand=exe"]
    )
    def test_refuse_an_address_they_do_not_understand(self, as_employee, query):
        assert as_employee.get(reverse("billing:report_hours") + query).status_code == 400

    @pytest.mark.parametrize("name", [*PAGES, "report_list"])
    @pytest.mark.parametrize("query", ["?kleur=rood", "?bestand=csv&bestand=csv", "?year=2025"])
    def test_show_no_figures_for_what_the_address_cannot_mean(self, as_employee, name, query):
        """B3"""
        InvoiceFactory()

        answer = as_employee.get(reverse(f"billing:{name}") + query)

        assert answer.status_code == 400
        assert answer.templates[0].name == "refused.html"

    @pytest.mark.parametrize("query", ["?jaar=2026", "?page=0", "?page=2", "?page=x", "?page=last", "?page=1&page=1"])
    def test_of_debtors_takes_no_year_and_no_page_that_is_not_there(self, as_employee, query):
        """B3"""
        assert as_employee.get(reverse("billing:report_debtors") + query).status_code == 400

    def test_never_hand_a_spreadsheet_a_formula(self, as_employee):
        InvoiceFactory(relation__name="=HYPERLINK(1)")

        file = as_employee.get(reverse("billing:report_debtors"), {"bestand": "csv"})

        assert "'=HYPERLINK(1)" in file.content.decode()

    def test_page_through_many_debtors(self, as_employee, monkeypatch):
        monkeypatch.setattr("billing.reports.views.DEBTORS_A_PAGE", 2)
        InvoiceFactory.create_batch(3)

        page = as_employee.get(reverse("billing:report_debtors"), {"page": 2})

        assert len(page.context["rows"]) == 1
        assert page.context["report"].whole.invoices == 3
