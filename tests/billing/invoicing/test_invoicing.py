from datetime import date
from decimal import Decimal
from threading import Barrier, Thread

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from archiving.plans import archive_and_restore as planning
from archiving.policies import Stage
from billing.invoicing import actions as invoices
from billing.invoicing import unbilled
from billing.models import Instalment, Invoice, InvoiceStatus, TimesheetLine
from crm.core.refusals import Refusal
from tests.archiving.acting import archive
from tests.factories import (
    EmployeeFactory,
    InstalmentFactory,
    InvoiceFactory,
    InvoiceLineFactory,
    PriceAgreementFactory,
    RelationFactory,
    TimesheetLineFactory,
)

DAY = date(2026, 3, 31)


@pytest.fixture
def relation(db):
    return RelationFactory(name="Bakkerij Van der Meer B.V.", street="Dorpsstraat 12", city="Utrecht")


def codes(relation):
    return {finding.code for finding in planning.blockers([relation.pk], Stage.ARCHIVE).get(relation.pk, [])}


class TestInvoiceUnbilled:
    def test_puts_all_hours_and_instalments_on_one_draft(self, relation, employee):
        line = TimesheetLineFactory(relation=relation, hours=Decimal("1.50"), rate=Decimal("95.55"))
        instalment = InstalmentFactory(agreement=PriceAgreementFactory(relation=relation, title="Jaarwerk"))

        invoice = invoices.invoice_unbilled(relation, by=employee, on=DAY)

        line.refresh_from_db()
        instalment.refresh_from_db()
        assert invoice.status == InvoiceStatus.DRAFT
        assert {line.invoice_line.invoice, instalment.invoice_line.invoice} == {invoice}
        assert line.invoice_line.net == Decimal("143.33")
        assert instalment.invoice_line.description == "01-04-2026 Jaarwerk"

    def test_adds_up_what_its_lines_say(self, relation, employee):
        TimesheetLineFactory.create_batch(3, relation=relation, hours=Decimal("0.33"), rate=Decimal("99.99"))

        invoice = invoices.invoice_unbilled(relation, by=employee, on=DAY)

        lines = list(invoice.lines.all())
        assert invoice.net == sum(line.net for line in lines) == Decimal("99.00")
        assert invoice.vat == sum(line.vat for line in lines) == Decimal("20.79")
        assert invoice.total == Decimal("119.79")

    def test_leaves_what_is_not_billable_billed_or_of_another(self, relation, employee):
        TimesheetLineFactory(relation=relation)
        TimesheetLineFactory(relation=relation, billable=False)
        billed = TimesheetLineFactory(relation=relation, billed=True)
        TimesheetLineFactory()

        invoice = invoices.invoice_unbilled(relation, by=employee, on=DAY)

        assert invoice.lines.count() == 1
        assert TimesheetLine.objects.get(pk=billed.pk).invoice_line == billed.invoice_line

    def test_is_addressed_to_the_invoice_debtor(self, relation, employee):
        relation.invoice_debtor = RelationFactory(
            name="Oude Molen", mail_street="Postbus 7", mail_postal_code="1000 AA", mail_city="Amsterdam"
        )
        relation.save()
        TimesheetLineFactory(relation=relation)

        invoice = invoices.invoice_unbilled(relation, by=employee, on=DAY)

        assert invoice.debtor == relation.invoice_debtor
        assert invoice.addressee_name == "Oude Molen"
        assert invoice.addressee_address == "Postbus 7\n1000 AA Amsterdam"

    def test_numbers_the_invoices_of_a_year_without_holes(self, employee):
        InvoiceFactory(number="2026-0007")
        InvoiceFactory(number="2025-0099")
        numbers = []
        for _turn in range(2):
            relation = TimesheetLineFactory().relation
            numbers.append(invoices.invoice_unbilled(relation, by=employee, on=DAY).number)

        assert numbers == ["2026-0008", "2026-0009"]

    def test_keeps_who_did_it_in_the_history_of_every_row(self, relation, employee):
        line = TimesheetLineFactory(relation=relation)

        invoice = invoices.invoice_unbilled(relation, by=employee, on=DAY)

        newest = line.history.latest()
        assert newest.invoice_line_id == invoice.lines.get().pk
        assert newest.history_user == employee
        assert invoice.lines.get().history.count() == 1

    def test_solves_the_blockers_of_archiving(self, relation, employee):
        """R5, R6"""
        TimesheetLineFactory(relation=relation)
        InstalmentFactory(agreement=PriceAgreementFactory(relation=relation))
        before = codes(relation)

        invoices.invoice_unbilled(relation, by=employee, on=DAY)

        assert before == {"UNBILLED_TIME", "UNBILLED_INSTALMENT"}
        assert codes(relation) == set()

    def test_refuses_when_there_is_nothing(self, relation, employee):
        with pytest.raises(Refusal):
            invoices.invoice_unbilled(relation, by=employee, on=DAY)

        assert not Invoice.objects.exists()

    def test_refuses_other_work_than_was_shown(self, relation, employee):
        """B2"""
        TimesheetLineFactory(relation=relation)
        shown = unbilled.work_of(relation).fingerprint
        TimesheetLineFactory(relation=relation)

        with pytest.raises(Refusal):
            invoices.invoice_unbilled(relation, by=employee, on=DAY, expected=shown)

        assert not Invoice.objects.exists()

    def test_refuses_an_archived_relation(self, relation, employee):
        archive(relation, by=employee)

        with pytest.raises(Refusal):
            invoices.invoice_unbilled(relation, by=employee, on=DAY)

    def test_refuses_who_may_not(self, relation):
        employee = EmployeeFactory()
        employee.groups.clear()

        with pytest.raises(PermissionDenied):
            invoices.invoice_unbilled(relation, by=employee, on=DAY)

    def test_takes_the_same_number_of_queries_for_many(self, employee):
        counts = []
        for size in (3, 30):
            relation = RelationFactory()
            TimesheetLineFactory.create_batch(size, relation=relation)
            InstalmentFactory.create_batch(size, agreement=PriceAgreementFactory(relation=relation))
            employee.has_perm("relations.change_relation")
            with CaptureQueriesContext(connection) as queries:
                invoices.invoice_unbilled(relation, by=employee, on=DAY)
            counts.append(len(queries))

        assert counts[0] == counts[1]


@pytest.mark.django_db(transaction=True)
class TestTwoAtOnce:
    def test_bill_once(self):
        relation, employee = RelationFactory(), EmployeeFactory()
        TimesheetLineFactory.create_batch(5, relation=relation)
        outcomes = in_threads(4, lambda: invoices.invoice_unbilled(relation, by=employee, on=DAY))

        assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Invoice", "Refusal", "Refusal", "Refusal"]
        assert Invoice.objects.count() == 1
        assert Invoice.objects.get().lines.count() == 5

    def test_never_give_one_number_to_two_invoices(self):
        employee = EmployeeFactory()
        relations = [line.relation for line in TimesheetLineFactory.create_batch(4)]

        outcomes = in_threads(4, lambda: invoices.invoice_unbilled(relations.pop(), by=employee, on=DAY))

        assert sorted(invoice.number for invoice in outcomes) == ["2026-0001", "2026-0002", "2026-0003", "2026-0004"]


def in_threads(count, act):
    """The outcome or the error of `act`, done by `count` people at the same moment."""
    start, outcomes = Barrier(count), []

    def run():
        try:
            start.wait()
            outcomes.append(act())
        except Exception as error:
            outcomes.append(error)
        finally:
            connection.close()

    threads = [Thread(target=run) for _number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


class TestCredit:
    def test_leaves_nothing_to_pay_and_frees_the_work(self, relation, employee):
        line = TimesheetLineFactory(relation=relation)
        invoice = invoices.invoice_unbilled(relation, by=employee, on=DAY)

        invoices.credit(invoice, by=employee, release=True)

        invoice.refresh_from_db()
        assert invoice.status == InvoiceStatus.CREDITED
        assert TimesheetLine.objects.unbilled().get() == line

    def test_keeps_the_work_billed_unless_asked(self, relation, employee):
        InstalmentFactory(agreement=PriceAgreementFactory(relation=relation))
        invoice = invoices.invoice_unbilled(relation, by=employee, on=DAY)

        invoices.credit(invoice, by=employee)

        assert not Instalment.objects.unbilled().exists()

    def test_works_for_an_archived_relation(self, relation, employee):
        """R75"""
        invoice = InvoiceFactory(relation=relation)
        archive(relation, by=employee)

        invoices.credit(invoice, by=employee)

        assert Invoice.objects.get().status == InvoiceStatus.CREDITED

    def test_does_not_free_work_of_an_archived_relation(self, relation, employee):
        line = InvoiceLineFactory(invoice=InvoiceFactory(relation=relation))
        TimesheetLineFactory(relation=relation, invoice_line=line)
        archive(relation, by=employee)

        with pytest.raises(Refusal):
            invoices.credit(line.invoice, by=employee, release=True)

    @pytest.mark.parametrize("state", [{"status": "credited"}, {"paid": Decimal("1.00")}])
    def test_refuses_what_is_credited_or_paid(self, employee, state):
        invoice = InvoiceFactory(**state)

        with pytest.raises(Refusal):
            invoices.credit(invoice, by=employee)


class TestPage:
    def test_shows_what_waits_and_invoices_it(self, as_employee, relation):
        """R5, R6"""
        TimesheetLineFactory(relation=relation, description="Loonadministratie")
        url = reverse("billing:relation_unbilled", args=[relation.pk])

        page = as_employee.get(url)
        answer = as_employee.post(url, {"expected": page.context["work"].fingerprint})

        assert "Loonadministratie" in page.content.decode()
        assert answer.url == reverse("billing:invoice", args=[Invoice.objects.get().pk])

    def test_says_politely_that_it_was_done_already(self, as_employee, relation):
        answer = as_employee.post(reverse("billing:relation_unbilled", args=[relation.pk]))

        assert answer.status_code == 409

    def test_can_only_be_read_for_an_archived_relation(self, as_employee, employee, relation):
        TimesheetLineFactory(relation=relation, billable=False)
        archive(relation, by=employee)
        url = reverse("billing:relation_unbilled", args=[relation.pk])

        page, refused = as_employee.get(url), as_employee.post(url)

        assert "Weer declarabel" not in page.content.decode().split("<h2>Niet declarabel</h2>")[1]
        assert refused.status_code == 409

    def test_takes_the_same_number_of_queries_for_many(self, as_employee):
        counts = []
        for size in (3, 30):
            relation = RelationFactory()
            TimesheetLineFactory.create_batch(size, relation=relation)
            TimesheetLineFactory.create_batch(size, relation=relation, billable=False)
            InstalmentFactory.create_batch(size, agreement=PriceAgreementFactory(relation=relation))
            with CaptureQueriesContext(connection) as queries:
                as_employee.get(reverse("billing:relation_unbilled", args=[relation.pk]))
            counts.append(len(queries))

        assert counts[0] == counts[1]


class TestNotBillable:
    def test_solves_the_blocker_and_can_be_turned_back(self, as_employee, relation):
        """R5"""
        line = TimesheetLineFactory(relation=relation)
        url = reverse("billing:line_billable", args=[line.pk])

        as_employee.post(url, {"billable": "0"})
        freed = codes(relation)
        as_employee.post(url, {"billable": "1"})

        assert freed == set()
        assert codes(relation) == {"UNBILLED_TIME"}

    @pytest.mark.parametrize("sent", [{}, {"billable": ""}, {"billable": "x"}])
    def test_stays_as_it_is_when_the_form_does_not_say(self, as_employee, sent):
        line = TimesheetLineFactory()

        answer = as_employee.post(reverse("billing:line_billable", args=[line.pk]), sent)

        assert answer.status_code == 400
        assert TimesheetLine.objects.get().billable

    def test_is_refused_once_invoiced(self, as_employee, relation):
        line = TimesheetLineFactory(relation=relation, billed=True)

        answer = as_employee.post(reverse("billing:line_billable", args=[line.pk]), {"billable": "0"})

        assert answer.status_code == 409
        assert TimesheetLine.objects.get(pk=line.pk).billable

    def test_is_refused_for_an_archived_relation(self, as_employee, employee, relation):
        line = TimesheetLineFactory(relation=relation, billable=False)
        archive(relation, by=employee)

        answer = as_employee.post(reverse("billing:line_billable", args=[line.pk]), {"billable": "1"})

        assert answer.status_code == 409
        assert not TimesheetLine.objects.get(pk=line.pk).billable
