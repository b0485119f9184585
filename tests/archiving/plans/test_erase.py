"""R1, R23, R86-R96: before anybody confirms, the system says what it would do to a relation and what is in the way."""

import pytest

from archiving.acts import erasing
from archiving.models import Erasure
from archiving.plans.blocking import blockers
from archiving.plans.erase import plan_erase
from archiving.plans.plan import Unanswered, Verb
from archiving.policies import Stage
from billing.models import InvoiceKind
from crm.core.drift import Drifted
from relations.models import ERASED_NAME, Relation
from tests import factories
from tests.archiving.acting import ANSWERS, archived, erase, with_invoice

pytestmark = pytest.mark.django_db


R91 = {
    "ACTIVITIES": factories.ClientActivityFactory,
    "CONTRACTS": factories.ContractFactory,
    "CONTRACT_INVOICES": lambda **given: factories.InvoiceFactory(kind=InvoiceKind.CONTRACT, settled=True, **given),
    "PROJECTS": factories.ProjectFactory,
    "INVOICES": lambda **given: factories.InvoiceFactory(settled=True, **given),
    "SENT_MAIL": factories.SentMailFactory,
    "ORDERS": factories.OrderFactory,
    "RECEIPTS": factories.ReceiptFactory,
    "REMINDER_FEES": lambda relation: factories.ReminderFeeFactory(invoice__relation=relation),
    "RESELLERS": factories.ResellerFactory,
    "QUOTES": factories.QuoteFactory,
}


class TestTheSystemDecides:
    """R86, R90: on one page, before anything is confirmed."""

    @pytest.mark.parametrize("code", R91)
    def test_to_anonymise_when_there_are(self, code, admin):
        """R91"""
        relation = factories.RelationFactory()
        R91[code](relation=relation)
        archived(relation, admin)

        plan = plan_erase([relation.pk])

        assert plan.modes == {relation.pk: "anonymise"}
        assert plan.kept_because[relation.pk]

    def test_to_anonymise_while_somebody_else_names_the_relation(self, admin):
        """R36"""
        debtor = factories.RelationFactory()
        naming = factories.RelationFactory(invoice_debtor=debtor)
        archived(naming, admin)
        archived(debtor, admin)

        erase(debtor, by=admin)

        naming.refresh_from_db()
        assert naming.invoice_debtor.name == ERASED_NAME

    def test_to_delete_when_there_is_nothing(self, admin):
        """R88"""
        relation = archived(factories.RelationFactory(), admin)

        assert plan_erase([relation.pk]).modes == {relation.pk: "delete"}


class TestABlocker:
    """R96: shown, and the act withheld."""

    @pytest.mark.parametrize(
        ("code", "make"),
        [
            ("OPEN_ORDER", lambda relation: factories.OrderFactory(relation=relation, delivered_on=None)),
            ("OPEN_ORDER", lambda relation: factories.OrderFactory(relation=relation, invoiced_on=None)),
            ("UNPAID_INVOICE", lambda relation: factories.InvoiceFactory(relation=relation)),
            ("UNPAID_INVOICE_AS_DEBTOR", lambda relation: factories.InvoiceFactory(debtor=relation)),
        ],
        ids=["undelivered", "uninvoiced", "unpaid", "unpaid as debtor"],
    )
    def test_withholds_erasing(self, code, make, admin):
        relation = factories.RelationFactory()
        make(relation)
        archived(relation, admin)

        outcome = erase(relation, by=admin)

        assert outcome.done == []
        assert [finding.code for finding in outcome.skipped[relation.pk]] == [code]
        assert Relation.objects.get(pk=relation.pk).name == relation.name

    def test_is_not_being_archived(self, admin):
        """R1"""
        relation = factories.RelationFactory()

        outcome = erase(relation, by=admin)

        assert [finding.code for finding in outcome.skipped[relation.pk]] == ["NOT_ARCHIVED"]
        assert Relation.objects.filter(pk=relation.pk).exists()

    def test_is_having_been_erased(self, admin):
        """R38: it cannot be done twice, nor undone."""
        relation = archived(with_invoice(), admin)
        erase(relation, by=admin)

        assert [f.code for f in blockers([relation.pk], Stage.ERASE)[relation.pk]] == ["ERASED"]


class TestThePlan:
    def test_tells_what_goes_and_what_stays(self, admin):
        """R23, R95, B2"""
        line = factories.TimesheetLineFactory(billed=True)
        factories.AppointmentFactory.create_batch(2, relation=line.relation)
        archived(line.relation, admin)

        told = {(str(effect.label), effect.verb): effect for effect in plan_erase([line.relation_id]).effects}

        assert told["Afspraken", Verb.DELETED].count == 2
        assert told["Urenstaatregels", Verb.SCRUBBED].totals == {"hours": line.hours}
        assert told["Relaties", Verb.REWRITTEN].count == 1

    def test_tells_of_invoices_of_others_that_name_this_debtor(self, admin):
        """B2, R23"""
        invoice = factories.InvoiceFactory(settled=True, debtor=factories.RelationFactory())
        archived(invoice.debtor, admin)

        effects = plan_erase([invoice.debtor_id]).effects

        assert ("Facturen", 1, Verb.SCRUBBED) in [(str(e.label), e.count, e.verb) for e in effects]

    def test_that_was_shown_is_the_one_that_runs_or_nothing_runs(self, admin):
        """B2"""
        payment = factories.PaymentFactory(invoice__settled=True)
        relation = archived(payment.invoice.relation, admin)
        shown = plan_erase([relation.pk])
        factories.PaymentFactory(invoice=payment.invoice)

        with pytest.raises(Drifted):
            erasing.erase([relation.pk], by=admin, reason="request", answers=ANSWERS, expected=shown.hash)

        assert Relation.objects.get(pk=relation.pk).name == relation.name

    def test_asks_for_an_acknowledgement_inside_a_retention_period(self, admin):
        """1F retention law"""
        relation = archived(with_invoice(), admin)

        with pytest.raises(Unanswered):
            erase(relation, by=admin, retention=False)

        erase(relation, by=admin)
        assert Erasure.objects.get().retention_acknowledged
