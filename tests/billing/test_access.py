"""Every address of billing and portals: who may come in, and by which method."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import get_resolver, reverse

from tests import factories
from tests.factories import EmployeeFactory, RelationFactory

pytestmark = pytest.mark.django_db

# URL name → (what makes the object in its address, methods)
READ, WRITE, BOTH = {"get"}, {"post"}, {"get", "post"}
ADDRESSES = {
    "billing:timesheet": (None, BOTH),
    "billing:timesheet_line": (factories.TimesheetLineFactory, BOTH),
    "billing:timesheet_line_removal": (factories.TimesheetLineFactory, WRITE),
    "billing:line_billable": (factories.TimesheetLineFactory, WRITE),
    "billing:relation_unbilled": (RelationFactory, BOTH),
    "billing:relation_invoices": (RelationFactory, READ),
    "billing:invoice_list": (None, READ),
    "billing:invoice": (factories.InvoiceFactory, READ),
    "billing:invoice_sending": (factories.InvoiceFactory, WRITE),
    "billing:invoice_payments": (factories.InvoiceFactory, WRITE),
    "billing:invoice_crediting": (factories.InvoiceFactory, WRITE),
    "billing:agreement_new": (RelationFactory, BOTH),
    "billing:agreement": (factories.PriceAgreementFactory, BOTH),
    "billing:relation_orders": (RelationFactory, READ),
    "billing:order_delivery": (factories.OrderFactory, WRITE),
    "billing:order_invoicing": (factories.OrderFactory, WRITE),
    "billing:relation_subscriptions": (RelationFactory, READ),
    "billing:subscription_new": (RelationFactory, BOTH),
    "billing:subscription_end": (factories.SubscriptionFactory, WRITE),
    "billing:subscription_unlinking": (factories.SubscriptionFactory, WRITE),
    "billing:report_list": (None, READ),
    "billing:report_hours": (None, READ),
    "billing:report_revenue": (None, READ),
    "billing:report_debtors": (None, READ),
    "portals:relation_portals": (RelationFactory, BOTH),
    "portals:portal_unlinking": (factories.PortalLinkFactory, WRITE),
}
# Reading these needs only the right to look.
LOOKS = [name for name, (_make, methods) in ADDRESSES.items() if "get" in methods and "agreement" not in name]
LOOKS = [name for name in LOOKS if name not in ("billing:subscription_new", "billing:timesheet_line")]
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


def test_every_address_is_in_this_table():
    names = {
        f"{app}:{name}"
        for app in ("billing", "portals")
        for name in get_resolver().namespace_dict[app][1].reverse_dict
        if isinstance(name, str)
    }

    assert names == set(ADDRESSES)


@pytest.mark.parametrize("name", ADDRESSES)
class TestEveryAddress:
    def test_sends_who_is_not_signed_in_to_signing_in(self, client, name):
        url = address(name)

        answers = [getattr(client, method)(url) for method in ADDRESSES[name][1]]

        assert all(a.status_code == 302 and a.url.startswith(reverse("accounts:sign_in")) for a in answers)

    def test_refuses_who_has_no_right(self, client, name):
        client.force_login(employee_with())
        url = address(name)

        answers = [getattr(client, method)(url) for method in ADDRESSES[name][1]]

        assert {answer.status_code for answer in answers} == {403}

    def test_refuses_another_method(self, as_employee, name):
        url = address(name)

        answers = [getattr(as_employee, method)(url) for method in {"get", "post", "put"} - ADDRESSES[name][1]]

        assert {answer.status_code for answer in answers} == {405}


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
