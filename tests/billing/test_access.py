"""The addresses of billing and portals: looking and changing are two rights.

Who may come in at all, and by which method: tests/architecture/test_every_address.py.
"""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from tests import factories
from tests.factories import EmployeeFactory, RelationFactory

pytestmark = pytest.mark.django_db

# URL name → (what makes the object in its address, methods)
READ, WRITE, BOTH = {"get"}, {"post"}, {"get", "post"}
ADDRESSES = {
    "billing:timesheet": (None, BOTH),
    "billing:timesheet_line": (factories.TimesheetLineFactory, BOTH),
    "billing:timesheet_line_removal": (factories.TimesheetLineFactory, WRITE),
    "billing:timesheet_week": (None, BOTH),
    "billing:month_list": (None, READ),
    "billing:month_locking": (None, WRITE),
    "billing:month_opening": (factories.MonthLockFactory, WRITE),
    "billing:unbilled_list": (None, READ),
    "billing:line_billable": (factories.TimesheetLineFactory, WRITE),
    "billing:relation_unbilled": (RelationFactory, BOTH),
    "billing:relation_invoices": (RelationFactory, READ),
    "billing:invoice_list": (None, READ),
    "billing:invoice": (factories.InvoiceFactory, READ),
    "billing:invoice_new": (RelationFactory, BOTH),
    "billing:invoice_edit": (lambda: factories.InvoiceFactory(status="draft"), BOTH),
    "billing:invoice_sending": (factories.InvoiceFactory, WRITE),
    "billing:invoice_payments": (factories.InvoiceFactory, WRITE),
    "billing:invoice_crediting": (factories.InvoiceFactory, WRITE),
    "billing:agreement_new": (RelationFactory, BOTH),
    "billing:agreement": (factories.PriceAgreementFactory, BOTH),
    "billing:quote_new": (RelationFactory, BOTH),
    "billing:quote_edit": (factories.QuoteFactory, BOTH),
    "billing:relation_orders": (RelationFactory, READ),
    "billing:order_delivery": (factories.OrderFactory, WRITE),
    "billing:order_invoicing": (factories.OrderFactory, WRITE),
    "billing:relation_subscriptions": (RelationFactory, READ),
    "billing:subscription_new": (RelationFactory, BOTH),
    "billing:subscription_edit": (factories.SubscriptionFactory, BOTH),
    "billing:mandate_new": (RelationFactory, BOTH),
    "billing:mandate_edit": (factories.DirectDebitMandateFactory, BOTH),
    "billing:pledge_new": (RelationFactory, BOTH),
    "billing:pledge_edit": (factories.PledgeFactory, BOTH),
    "billing:subscription_end": (factories.SubscriptionFactory, WRITE),
    "billing:report_list": (None, READ),
    "billing:report_hours": (None, READ),
    "billing:report_revenue": (None, READ),
    "billing:report_debtors": (None, READ),
    "portals:relation_portals": (RelationFactory, BOTH),
    "portals:portal_unlinking": (factories.PortalLinkFactory, WRITE),
    "portals:portal_status": (factories.PortalLinkFactory, WRITE),
    "portals:unlink_portals": (factories.JobFactory, BOTH),
    "portals:contractant_list": (None, READ),
    "portals:contractant": (factories.ContractantFactory, READ),
    "portals:subscription": (factories.SubscriptionFactory, BOTH),
    "portals:support_tasks": (None, READ),
    "portals:relink": (factories.ContractantFactory, BOTH),
    "portals:relinking": (factories.RelinkingFactory, READ),
    "portals:relinking_undo": (factories.RelinkingFactory, WRITE),
    "portals:relink_file": (None, BOTH),
    "portals:relink_file_run": (None, WRITE),
    "portals:shared_documents": (RelationFactory, READ),
    "portals:document_sharing": (factories.UploadedDossierItemFactory, WRITE),
    "portals:document_unsharing": (factories.UploadedDossierItemFactory, WRITE),
    "portals:comment_file": (factories.TaskCommentFactory, READ),
}
# Reading these needs only the right to look.
LOOKS = [name for name, (_make, methods) in ADDRESSES.items() if "get" in methods and "agreement" not in name]
NOT_FOR_LOOKING = ("billing:timesheet_line", "portals:unlink_portals", "portals:relink")
LOOKS = [name for name in LOOKS if name not in NOT_FOR_LOOKING and not name.startswith("portals:relink_")]
LOOKS = [name for name in LOOKS if not name.endswith(("_new", "_edit"))]
# Own hours are every employee's; everything else needs the right to change relations.
CHANGES = [name for name, (_make, methods) in ADDRESSES.items() if "post" in methods and "timesheet" not in name]


def address(name):
    make, _methods = ADDRESSES[name]
    return reverse(name, args=[make().pk] if make else [])


def employee_with(*codenames):
    employee = EmployeeFactory()
    employee.groups.clear()
    employee.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    return employee


@pytest.mark.parametrize("name", LOOKS)
def test_looking_is_enough_for_reading(client, name):
    client.force_login(employee_with("view_relation"))

    answer = client.get(address(name), follow=True)

    assert answer.status_code == 200


@pytest.mark.parametrize("name", CHANGES)
def test_looking_is_not_enough_for_changing(client, name):
    client.force_login(employee_with("view_relation"))

    answer = client.post(address(name), {"on": "2026-03-02"})

    assert answer.status_code == 403
