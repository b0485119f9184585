from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from archiving.plans import archive_and_restore as planning
from archiving.policies import Stage
from billing.invoicing import actions as invoices
from billing.invoicing import payments
from billing.models import Invoice, InvoiceStatus, Payment
from crm.core.refusals import Refusal
from tests.archiving.acting import archive, erase
from tests.factories import InvoiceFactory, InvoiceLineFactory, PaymentFactory, RelationFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 31)


def pay(client, invoice, amount, **fields):
    entered = {"paid_on": "2026-03-31", "amount": amount, **fields}
    return client.post(reverse("billing:invoice_payments", args=[invoice.pk]), entered)


class TestMarkSent:
    def test_makes_a_draft_sent(self, as_employee):
        invoice = InvoiceFactory(status=InvoiceStatus.DRAFT)

        as_employee.post(reverse("billing:invoice_sending", args=[invoice.pk]))

        assert Invoice.objects.get().status == InvoiceStatus.SENT

    def test_settles_an_invoice_of_nothing(self, employee):
        invoice = InvoiceFactory(status=InvoiceStatus.DRAFT, net=0, vat=0, total=0)

        assert invoices.mark_sent(invoice, by=employee).status == InvoiceStatus.PAID

    def test_refuses_a_second_time(self, as_employee):
        invoice = InvoiceFactory(settled=True)

        answer = as_employee.post(reverse("billing:invoice_sending", args=[invoice.pk]))

        assert answer.status_code == 409
        assert Invoice.objects.get().status == InvoiceStatus.PAID


class TestPayment:
    def test_in_part_leaves_the_rest_open(self, as_employee):
        invoice = InvoiceFactory()

        pay(as_employee, invoice, "21,00", reference="afschrift 12")

        invoice.refresh_from_db()
        assert (invoice.status, invoice.open_amount) == (InvoiceStatus.SENT, Decimal("100.00"))
        assert Payment.objects.get().reference == "afschrift 12"

    def test_of_the_rest_settles_the_invoice(self, as_employee):
        invoice = InvoiceFactory()

        for amount in ("21,00", "100,00"):
            pay(as_employee, invoice, amount)

        invoice.refresh_from_db()
        assert (invoice.status, invoice.open_amount) == (InvoiceStatus.PAID, 0)

    def test_back_opens_the_invoice_again(self, as_employee):
        invoice = InvoiceFactory(settled=True)

        pay(as_employee, invoice, "-121,00")

        invoice.refresh_from_db()
        assert (invoice.status, invoice.paid) == (InvoiceStatus.SENT, 0)

    @pytest.mark.parametrize(
        ("amount", "state"),
        [("121,01", {}), ("-0,01", {}), ("1,00", {"status": "draft"}), ("1,00", {"status": "credited"})],
    )
    def test_that_cannot_be_is_refused(self, as_employee, amount, state):
        invoice = InvoiceFactory(**state)

        answer = pay(as_employee, invoice, amount)

        assert answer.status_code == 409
        assert not Payment.objects.exists()

    @pytest.mark.parametrize(("amount", "most"), [("121,01", "€ 121,00"), ("-0,01", "€ 0,00")])
    def test_of_too_much_says_how_much_can_be(self, as_employee, amount, most):
        assert f"hoogstens {most}" in pay(as_employee, InvoiceFactory(), amount).text

    @pytest.mark.parametrize(("amount", "paid_on"), [("0", "2026-03-31"), ("", "2026-03-31"), ("1", "gisteren")])
    def test_filled_in_wrongly_shows_the_error(self, as_employee, amount, paid_on):
        invoice = InvoiceFactory()

        answer = pay(as_employee, invoice, amount, paid_on=paid_on)

        assert answer.status_code == 422
        assert answer.context["payment_form"].errors
        assert not Payment.objects.exists()

    def test_can_be_entered_for_an_archived_relation(self, as_employee, employee):
        """R75"""
        invoice = InvoiceFactory()
        archive(invoice.relation, by=employee)

        pay(as_employee, invoice, "121,00")

        assert Invoice.objects.get().status == InvoiceStatus.PAID

    def test_cannot_be_entered_for_an_erased_relation(self, as_admin, admin):
        """B12"""
        invoice = InvoiceFactory(settled=True, issued_on=date(2010, 1, 1), due_on=date(2010, 2, 1))
        archive(invoice.relation, by=admin)
        erase(invoice.relation, by=admin)

        answer = pay(as_admin, invoice, "-1,00")

        assert answer.status_code == 409
        assert not Payment.objects.exists()

    def test_on_an_outdated_invoice_counts_what_was_paid_meanwhile(self, employee):
        invoice = InvoiceFactory()
        stale = Invoice.objects.get()
        payments.register_payment(invoice, amount=Decimal("100"), on=DAY, by=employee)

        with pytest.raises(Refusal):
            payments.register_payment(stale, amount=Decimal("100"), on=DAY, by=employee)

        assert Invoice.objects.get().paid == 100


class TestInvoicePage:
    def test_shows_lines_payments_and_what_can_be_done(self, as_employee):
        line = InvoiceLineFactory(description="Jaarrekening 2025")
        PaymentFactory(invoice=line.invoice, amount=Decimal("21.00"))

        page = as_employee.get(reverse("billing:invoice", args=[line.invoice.pk]))

        assert "Jaarrekening 2025" in page.content.decode()
        assert "€ 21,00" in page.content.decode()
        assert page.context["can_pay"]

    def test_credits(self, as_employee):
        invoice = InvoiceFactory()

        answer = as_employee.post(reverse("billing:invoice_crediting", args=[invoice.pk]), {"release": "on"})

        assert answer.url == reverse("billing:invoice", args=[invoice.pk])
        assert Invoice.objects.get().status == InvoiceStatus.CREDITED

    def test_of_an_erased_relation_shows_figures_and_no_forms(self, as_admin, admin):
        """R36, R37"""
        invoice = InvoiceFactory(settled=True, issued_on=date(2010, 1, 1), due_on=date(2010, 2, 1))
        archive(invoice.relation, by=admin)
        erase(invoice.relation, by=admin)

        page = as_admin.get(reverse("billing:invoice", args=[invoice.pk]))

        assert "Verwijderd" in page.content.decode()
        assert "€ 121,00" in page.content.decode()
        assert not any(page.context[key] for key in ("can_send", "can_pay", "can_credit"))

    def test_takes_the_same_number_of_queries_for_many(self, as_employee):
        counts = []
        for size in (3, 30):
            invoice = InvoiceFactory()
            InvoiceLineFactory.create_batch(size, invoice=invoice)
            PaymentFactory.create_batch(size, invoice=invoice)
            with CaptureQueriesContext(connection) as queries:
                as_employee.get(reverse("billing:invoice", args=[invoice.pk]))
            counts.append(len(queries))

        assert counts[0] == counts[1]


class TestOpenInvoices:
    def test_are_those_of_the_relation_and_those_it_pays(self, as_employee):
        """R75, R96"""
        relation = RelationFactory()
        own = InvoiceFactory(relation=relation)
        InvoiceFactory(relation=relation, settled=True)
        paid_for = InvoiceFactory(debtor=relation, relation=RelationFactory())

        page = as_employee.get(reverse("billing:relation_invoices", args=[relation.pk]))

        assert list(page.context["own"]) == [own]
        assert list(page.context["paid_for"]) == [paid_for]

    def test_are_settled_from_there_so_that_nothing_keeps_the_relation_from_erasing(self, as_employee, employee):
        """R96"""
        relation = RelationFactory()
        invoice = InvoiceFactory(relation=relation, status=InvoiceStatus.DRAFT)
        archive(relation, by=employee)
        url = reverse("billing:relation_invoices", args=[relation.pk])

        sent = as_employee.post(reverse("billing:invoice_sending", args=[invoice.pk]), {"next": url})
        pay(as_employee, invoice, "121.00", next=url)

        assert sent.url == url
        assert planning.blockers([relation.pk], Stage.ERASE) == {}

    def test_never_lead_to_another_site(self, as_employee):
        invoice = InvoiceFactory(status=InvoiceStatus.DRAFT)

        answer = as_employee.post(
            reverse("billing:invoice_sending", args=[invoice.pk]), {"next": "https://elders.example/"}
        )

        assert answer.url == reverse("billing:invoice", args=[invoice.pk])

    @pytest.mark.parametrize("named", ["facturen", "billing:report_list"])
    def test_take_no_word_for_a_page(self, as_employee, named):
        """It was read as the name of an address: an error after the invoice had been sent."""
        invoice = InvoiceFactory(status=InvoiceStatus.DRAFT)

        answer = as_employee.post(reverse("billing:invoice_sending", args=[invoice.pk]), {"next": named})

        assert answer.url == reverse("billing:invoice", args=[invoice.pk])

    def test_take_the_same_number_of_queries_for_many(self, as_employee):
        counts = []
        for size in (3, 30):
            relation = RelationFactory()
            InvoiceFactory.create_batch(size, relation=relation)
            InvoiceFactory.create_batch(size, debtor=relation, relation=RelationFactory())
            with CaptureQueriesContext(connection) as queries:
                as_employee.get(reverse("billing:relation_invoices", args=[relation.pk]))
            counts.append(len(queries))

        assert counts[0] == counts[1]


class TestInvoiceList:
    URL = "/facturen/"

    def shown(self, client, query=""):
        return [invoice.number for invoice in client.get(self.URL + query).context["listing"].rows]

    def test_shows_every_invoice_the_newest_first(self, as_employee):
        InvoiceFactory(number="2026-0001", issued_on=date(2026, 1, 1))
        InvoiceFactory(number="2026-0002", issued_on=date(2026, 2, 1))

        assert self.shown(as_employee) == ["2026-0002", "2026-0001"]

    def test_filters_by_status_overdue_and_number(self, as_employee):
        today = timezone.localdate()
        InvoiceFactory(number="2026-0001", due_on=today + timedelta(days=9))
        InvoiceFactory(number="2026-0002", due_on=today - timedelta(days=1), relation__number="777")
        InvoiceFactory(number="2026-0003", settled=True)

        assert self.shown(as_employee, "?status=paid") == ["2026-0003"]
        assert self.shown(as_employee, "?status=overdue") == ["2026-0002"]
        assert self.shown(as_employee, "?q=2026-0001") == ["2026-0001"]
        assert self.shown(as_employee, "?q=777") == ["2026-0002"]

    @pytest.mark.parametrize("query", ["?status=weg", "?stauts=paid", "?sort=debtor"])
    def test_refuses_what_it_does_not_know(self, as_employee, query):
        """B3"""
        InvoiceFactory()

        answer = as_employee.get(self.URL + query)

        assert answer.status_code == 400
        assert answer.context["listing"].rows == []

    def test_takes_the_same_number_of_queries_for_many(self, as_employee):
        counts = []
        for size in (3, 30):
            InvoiceFactory.create_batch(size)
            with CaptureQueriesContext(connection) as queries:
                as_employee.get(self.URL)
            counts.append(len(queries))

        assert counts[0] == counts[1]
