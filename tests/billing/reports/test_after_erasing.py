"""R35, R36: the reports of hours, revenue and debtors say the same after erasing, about 'Verwijderd'."""

from datetime import date

import pytest

from billing.reports import reports
from tests import factories
from tests.archiving.acting import archive, erase

pytestmark = pytest.mark.django_db

DAY = date(2026, 6, 30)


@pytest.fixture
def client_of_the_office():
    """Hours, a paid invoice with a payment, and somebody else with an open one."""
    line = factories.TimesheetLineFactory(billed=True)
    factories.TimesheetLineFactory(relation=line.relation, billable=False, worked_on=date(2026, 4, 7))
    factories.PaymentFactory(invoice=line.invoice_line.invoice)
    factories.InvoiceFactory()
    return line.relation


def figures():
    return [reports.hours_per_employee(2026), reports.revenue_per_month(2026), reports.debtors(DAY, by=None)]


class TestTheReports:
    def test_say_the_same_after_archiving_and_erasing(self, client_of_the_office, admin):
        before = figures()

        archive(client_of_the_office, by=admin)
        assert figures() == before
        erase(client_of_the_office, by=admin)

        assert figures() == before

    def test_are_about_something(self, client_of_the_office):
        hours, revenue, debtors = figures()

        assert hours.rows
        assert revenue.whole.total
        assert debtors.rows

    def test_show_the_erased_relation_by_its_new_name(self, client_of_the_office, admin, as_admin):
        """R36"""
        archive(client_of_the_office, by=admin)
        erase(client_of_the_office, by=admin)

        page = as_admin.get(f"/relaties/{client_of_the_office.pk}/uren/").content.decode()

        assert "Verwijderd" in page
        assert client_of_the_office.name not in page
