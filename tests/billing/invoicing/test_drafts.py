"""Invoices made by hand, and changing a draft with its lines."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from billing.invoicing import actions as invoices
from billing.invoicing import drafts
from billing.models import Invoice, InvoiceLine, InvoiceStatus, TimesheetLine
from crm.core.refusals import Refusal
from tests.archiving.acting import archive
from tests.factories import InvoiceFactory, InvoiceLineFactory, RelationFactory, TimesheetLineFactory
from tests.forms import sent_by

pytestmark = pytest.mark.django_db


def new_page(relation):
    return reverse("billing:invoice_new", args=[relation.pk])


def edit_page(invoice):
    return reverse("billing:invoice_edit", args=[invoice.pk])


def line(description="Advies", quantity="2", unit_price="95,50", vat_rate="21.0", **fields):
    return {"description": description, "quantity": quantity, "unit_price": unit_price, "vat_rate": vat_rate, **fields}


def lines(*rows, initial=0):
    sent = {"regel-TOTAL_FORMS": len(rows), "regel-INITIAL_FORMS": initial}
    for index, row in enumerate(rows):
        sent |= {f"regel-{index}-{name}": value for name, value in row.items()}
    return sent


def opened(client, url, **changed):
    """The page as a browser sends it back, with its lines."""
    form = client.get(url).context["form"]
    sent = sent_by(form) | sent_by(form.rows.management_form)
    for row in form.rows.initial_forms:
        sent |= sent_by(row)
    return sent | {"regel-TOTAL_FORMS": form.rows.initial_form_count()} | changed


@pytest.fixture
def draft():
    invoice = InvoiceFactory(status=InvoiceStatus.DRAFT)
    InvoiceLineFactory(invoice=invoice)
    return invoice


class TestNewInvoice:
    @pytest.fixture
    def answers(self):
        return {"issued_on": "2026-03-31", "due_on": "2026-04-30", "reference": "PO 12"}

    def test_is_a_draft_with_the_next_number_and_what_its_lines_come_to(self, as_employee, employee, answers):
        relation = RelationFactory(name="Bakkerij", number="10482")
        discount = line(unit_price="-10", quantity="1", vat_rate="9.0")
        left_empty = line(description="", quantity="1", unit_price="")
        sent = answers | {"debtor": "10482"} | lines(line(), discount, left_empty)

        answer = as_employee.post(new_page(relation), sent)

        invoice = Invoice.objects.get()
        assert answer.url == reverse("billing:invoice", args=[invoice.pk])
        assert (invoice.number, invoice.status) == ("2026-0001", InvoiceStatus.DRAFT)
        assert (invoice.net, invoice.vat, invoice.total) == (Decimal("181.00"), Decimal("39.21"), Decimal("220.21"))
        assert invoice.addressee_name == "Bakkerij"
        assert {row.history.get().history_user for row in invoice.lines.all()} == {employee}

    def test_proposes_the_invoice_debtor(self, as_employee):
        relation = RelationFactory(invoice_debtor=RelationFactory(number="10481"))

        assert as_employee.get(new_page(relation)).context["form"]["debtor"].value().number == "10481"

    def test_is_refused_for_an_archived_debtor(self, as_employee, answers):
        """R18"""
        debtor = RelationFactory(archived=True)

        answer = as_employee.post(new_page(RelationFactory()), answers | {"debtor": debtor.number} | lines(line()))

        assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["debtor"])

    @pytest.mark.parametrize(
        "rows",
        [
            [],
            [{}],
            [line(description="")],
            [line(description="\u200b")],
            [line(quantity="0")],
            [line(unit_price="-1")],
            [line(vat_rate="12")],
            [line(quantity="99999999", unit_price="1000000000")],
            [line(quantity="99999999", unit_price="999999999")],
        ],
    )
    def test_with_wrong_lines_saves_nothing(self, as_employee, answers, rows):
        relation = RelationFactory()

        answer = as_employee.post(new_page(relation), answers | {"debtor": relation.number} | lines(*rows))

        assert answer.status_code == 422
        assert not Invoice.objects.exists()

    def test_is_not_due_before_it_is_issued(self, as_employee, answers):
        relation = RelationFactory()
        sent = answers | {"debtor": relation.number, "due_on": "2026-03-01"} | lines(line())

        answer = as_employee.post(new_page(relation), sent)

        assert list(answer.context["form"].errors) == ["due_on"]

    @pytest.mark.parametrize("method", ["get", "post"])
    def test_is_refused_for_an_archived_relation(self, as_employee, employee, answers, method):
        relation = RelationFactory()
        archive(relation, by=employee)

        answer = getattr(as_employee, method)(new_page(relation), answers)

        assert answer.status_code == 409

    def test_is_offered_in_the_tab(self, as_employee):
        relation = RelationFactory()

        shown = as_employee.get(reverse("relations:relation_tab", args=[relation.pk, "facturen"])).content.decode()

        assert new_page(relation) in shown


class TestDraft:
    def test_changes_with_its_lines(self, as_employee, draft):
        sent = opened(as_employee, edit_page(draft), **{"reference": "PO 13", "regel-0-unit_price": "200"})

        as_employee.post(edit_page(draft), sent)

        draft.refresh_from_db()
        assert (draft.reference, draft.net, draft.total) == ("PO 13", Decimal("200"), Decimal("242"))

    def test_is_addressed_to_another_debtor(self, as_employee, draft):
        debtor = RelationFactory(name="Oude Molen", city="Zeist")

        as_employee.post(edit_page(draft), opened(as_employee, edit_page(draft), debtor=debtor.number))

        draft.refresh_from_db()
        assert (draft.debtor, draft.addressee_name) == (debtor, "Oude Molen")
        assert "Zeist" in draft.addressee_address

    def test_keeps_an_address_that_was_typed(self, as_employee, draft):
        as_employee.post(edit_page(draft), opened(as_employee, edit_page(draft), addressee_name="T.a.v. Clara"))

        assert Invoice.objects.get().addressee_name == "T.a.v. Clara"

    def test_keeps_what_it_knows_of_a_debtor_that_is_withheld(self, as_employee, draft):
        """Restricted: no name or address of the debtor in the form, and none is lost by saving it."""
        debtor = RelationFactory(name="Stil BV", restricted=True)
        Invoice.objects.filter(pk=draft.pk).update(debtor=debtor, addressee_name="Stil BV", addressee_address="Kade 1")

        page = as_employee.get(edit_page(draft)).text
        as_employee.post(edit_page(draft), opened(as_employee, edit_page(draft), remarks="Bij de balie"))

        draft.refresh_from_db()
        assert "Stil BV" not in page
        assert "Kade 1" not in page
        assert (draft.debtor, draft.addressee_name, draft.remarks) == (debtor, "Stil BV", "Bij de balie")

    def test_lets_go_of_the_work_on_a_line_that_is_removed(self, as_employee, employee):
        """R5: the hours can be invoiced again"""
        relation = RelationFactory()
        TimesheetLineFactory.create_batch(2, relation=relation)
        invoice = invoices.invoice_unbilled(relation, by=employee, on=date(2026, 3, 31))

        as_employee.post(edit_page(invoice), opened(as_employee, edit_page(invoice), **{"regel-0-DELETE": "on"}))

        invoice.refresh_from_db()
        assert (TimesheetLine.objects.unbilled().count(), invoice.lines.count()) == (1, 1)
        assert invoice.net == invoice.lines.get().net

    def test_leaves_the_amount_of_hours_that_were_worked(self, as_employee, employee):
        relation = TimesheetLineFactory(hours=2, rate=95).relation
        invoice = invoices.invoice_unbilled(relation, by=employee, on=date(2026, 3, 31))
        changed = {"regel-0-unit_price": "1", "regel-0-quantity": "1", "regel-0-description": "Advies"}

        as_employee.post(edit_page(invoice), opened(as_employee, edit_page(invoice), **changed))

        kept = InvoiceLine.objects.get()
        assert (kept.description, kept.unit_price, kept.quantity) == ("Advies", 95, 2)

    def test_shows_what_somebody_else_made_of_a_line(self, as_employee, draft):
        stale = opened(as_employee, edit_page(draft), **{"regel-0-description": "Advies"})
        InvoiceLine.objects.update(description="Jaarrekening 2025")

        answer = as_employee.post(edit_page(draft), stale)

        (difference,) = next(iter(answer.context["form"].rows)).conflict
        assert (answer.status_code, difference.theirs, difference.mine) == (409, "Jaarrekening 2025", "Advies")
        assert InvoiceLine.objects.get().description == "Jaarrekening 2025"

    def test_shows_what_somebody_else_made_of_the_invoice(self, as_employee, draft):
        stale = opened(as_employee, edit_page(draft), reference="PO 13")
        Invoice.objects.update(reference="PO 14")

        answer = as_employee.post(edit_page(draft), stale)

        assert (answer.status_code, answer.context["form"].conflict[0].theirs) == (409, "PO 14")

    def test_asks_as_many_queries_for_thirty_lines_as_for_three(self, as_employee, draft):
        InvoiceLineFactory.create_batch(2, invoice=draft)
        as_employee.get(edit_page(draft))

        with CaptureQueriesContext(connection) as of_three:
            as_employee.get(edit_page(draft))
        InvoiceLineFactory.create_batch(27, invoice=draft)
        with CaptureQueriesContext(connection) as of_thirty:
            as_employee.get(edit_page(draft))

        assert len(of_three) == len(of_thirty)


class TestSentInvoice:
    @pytest.mark.parametrize("status", ["sent", "paid", "credited"])
    def test_does_not_change_any_more(self, as_employee, employee, draft, status):
        stale = opened(as_employee, edit_page(draft), reference="PO 13")
        Invoice.objects.update(status=status)

        assert as_employee.get(edit_page(draft)).status_code == 409
        assert as_employee.post(edit_page(draft), stale).status_code == 409
        with pytest.raises(Refusal):
            drafts.save_draft(draft, [], by=employee)

    def test_offers_no_editing(self, as_employee, draft):
        page = reverse("billing:invoice", args=[draft.pk])
        offered = as_employee.get(page).content.decode()
        Invoice.objects.update(status=InvoiceStatus.SENT)

        assert edit_page(draft) in offered
        assert edit_page(draft) not in as_employee.get(page).content.decode()
