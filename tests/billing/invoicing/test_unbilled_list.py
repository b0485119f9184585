"""The overview of what is not invoiced yet."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import InstalmentFactory, RelationFactory, TimesheetLineFactory

pytestmark = pytest.mark.django_db
LIST = "/uren/te-factureren/"


def shown(client, **parameters):
    return [relation.name for relation in client.get(LIST, parameters).context["listing"].rows]


class TestTheOverview:
    @pytest.fixture(autouse=True)
    def work(self, employee):
        self.oost = RelationFactory(name="Oost", manager=employee)
        self.west = RelationFactory(name="West")
        TimesheetLineFactory(relation=self.oost, hours="2.00", rate="95.00", worked_on=date(2026, 3, 4))
        TimesheetLineFactory(relation=self.oost, hours="1.00", rate="95.00", worked_on=date(2026, 2, 4))
        TimesheetLineFactory(relation=self.oost, billed=True)
        TimesheetLineFactory(relation=self.oost, billable=False)
        InstalmentFactory(agreement__relation=self.west, amount="300.00", due_on=date(2026, 1, 1))
        TimesheetLineFactory(relation=RelationFactory(name="Klaar"), billed=True)

    def test_shows_each_relation_with_what_it_comes_to(self, as_employee):
        """R5, R6"""
        west, oost = as_employee.get(LIST).context["listing"].rows

        assert (oost.unbilled_hours, oost.unbilled_amount, oost.oldest) == (3, Decimal("285"), date(2026, 2, 4))
        assert (west.unbilled_hours, west.unbilled_amount, west.oldest) == (0, 300, date(2026, 1, 1))

    def test_adds_up_what_is_shown(self, as_employee, employee):
        assert as_employee.get(LIST).context["totals"] == {"hours": 3, "amount": 585}
        assert as_employee.get(LIST, {"manager": employee.pk}).context["totals"] == {"hours": 3, "amount": 285}

    def test_is_sorted_and_filtered(self, as_employee, employee):
        assert shown(as_employee, sort="oldest") == ["West", "Oost"]
        assert shown(as_employee, sort="name") == ["Oost", "West"]
        assert shown(as_employee, manager=employee.pk) == ["Oost"]

    def test_leads_to_what_can_be_invoiced(self, as_employee):
        assert f"/relaties/{self.oost.pk}/te-factureren/" in as_employee.get(LIST).content.decode()

    @pytest.mark.parametrize("wrong", [{"manager": "0"}, {"sort": "rente"}, {"wat": "1"}])
    def test_shows_nothing_at_an_address_it_does_not_know(self, as_employee, wrong):
        """B3"""
        answer = as_employee.get(LIST, wrong)

        assert answer.status_code == 400
        assert answer.context["listing"].rows == []
        assert answer.context["totals"] == {"hours": 0, "amount": 0}

    def test_takes_as_many_queries_for_many(self, as_employee):
        counts = []
        for size in (3, 30):
            TimesheetLineFactory.create_batch(size)
            with CaptureQueriesContext(connection) as queries:
                as_employee.get(LIST)
            counts.append(len(queries))

        assert counts[0] == counts[1]
