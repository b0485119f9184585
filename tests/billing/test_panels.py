from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from crm.core import panels
from tests import factories
from tests.archiving.acting import archive
from tests.factories import (
    InstalmentFactory,
    InvoiceFactory,
    PriceAgreementFactory,
    RelationFactory,
    TimesheetLineFactory,
)

pytestmark = pytest.mark.django_db

PANELS = {
    "uren": factories.TimesheetLineFactory,
    "prijsafspraken": factories.PriceAgreementFactory,
    "facturen": factories.InvoiceFactory,
    "abonnementen": factories.SubscriptionFactory,
    "offertes": factories.QuoteFactory,
    "orders": factories.OrderFactory,
    "kwitanties": factories.ReceiptFactory,
    "incasso-afspraken": factories.DirectDebitMandateFactory,
    "toezeggingen": factories.PledgeFactory,
    "projecten": factories.ProjectFactory,
    "wederverkopers": factories.ResellerFactory,
    "mailhistorie": factories.SentMailFactory,
    "portals": factories.PortalLinkFactory,
    "portalaccounts": factories.PortalAccountFactory,
    "community": factories.CommunityPostFactory,
}
BUTTONS = ["uren", "prijsafspraken", "facturen", "abonnementen", "orders", "portals"]


def panel(key, user):
    return next(panel for panel in panels.panels(user) if panel.key == key)


@pytest.mark.parametrize("key", PANELS)
class TestPanel:
    def test_shows_the_rows_of_its_relation(self, as_employee, employee, key):
        row = PANELS[key]()
        PANELS[key]()

        page = as_employee.get(reverse("relations:relation_tab", args=[row.relation.pk, key]))

        assert page.status_code == 200
        assert list(panel(key, employee).rows(row.relation)) == [row]

    def test_takes_the_same_number_of_queries_for_many(self, as_employee, key):
        counts = []
        for size in (3, 30):
            relation = RelationFactory()
            for row in PANELS[key].create_batch(size, relation=relation):
                if key == "prijsafspraken":
                    InstalmentFactory.create_batch(2, agreement=row)
            with CaptureQueriesContext(connection) as queries:
                as_employee.get(reverse("relations:relation_tab", args=[relation.pk, key]))
            counts.append(len(queries))

        assert counts[0] == counts[1]


@pytest.mark.parametrize("key", BUTTONS)
class TestButtons:
    def test_lead_to_pages_that_work(self, as_employee, employee, key):
        relation = RelationFactory()

        buttons = panel(key, employee).actions(relation, employee)

        assert buttons
        assert {as_employee.get(url).status_code for _label, url in buttons} == {200}

    def test_are_absent_for_an_archived_relation_and_for_who_may_not(self, employee, key):
        relation, nobody = RelationFactory(), factories.EmployeeFactory()
        nobody.groups.clear()
        shown = panel(key, employee)
        archive(relation, by=employee)
        relation.refresh_from_db()

        assert shown.actions(relation, employee) == []
        assert shown.actions(RelationFactory(), nobody) == []


class TestColumns:
    @pytest.fixture
    def columns(self):
        return {column.key: column for column in panels.columns()}

    def test_tell_what_is_open_and_what_is_in_hand(self, columns):
        relation, other = RelationFactory(), RelationFactory()
        InvoiceFactory(relation=relation, paid=Decimal("21.00"))
        InvoiceFactory(relation=relation, settled=True)
        TimesheetLineFactory(relation=relation, hours=2, rate=Decimal("95.00"))
        TimesheetLineFactory(relation=relation, billable=False)
        InstalmentFactory(agreement=PriceAgreementFactory(relation=relation), amount=Decimal("300.00"))
        ids = [relation.pk, other.pk]

        assert columns["openstaand"].values(ids) == {relation.pk: Decimal("100.00")}
        assert columns["onderhanden"].values(ids) == {relation.pk: Decimal("490.00")}

    @pytest.mark.parametrize("key", ["openstaand", "onderhanden"])
    def test_take_one_query_a_page(self, columns, django_assert_num_queries, key):
        ids = [InvoiceFactory().relation.pk for _number in range(5)]

        with django_assert_num_queries(1):
            columns[key].values(ids)

    def test_stand_in_the_list_of_relations(self, as_employee):
        InvoiceFactory()

        page = as_employee.get(reverse("relations:relation_list"))

        assert "€ 121,00" in page.content.decode()
