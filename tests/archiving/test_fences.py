"""B12: the database refuses new rows for an archived relation and any write to an erased one, whoever asks."""

import pytest
from django.db import DatabaseError, connection, transaction

from archiving import fences, policies
from archiving.models import Archival
from billing.models import TimesheetLine
from crm.core.refusals import refusal_of
from relations.models import Relation, Task
from tests import factories
from tests.archiving.acting import archive, erase
from tests.archiving.canary import MAKERS
from tests.factories.relations import MOMENT

pytestmark = pytest.mark.django_db

OPEN = {policy.label for policy in policies.policies() if policy.fence == policies.Fence.OPEN}
# models whose factory makes one row that belongs to the relation directly
UNFENCED = {policy.label for policy in policies.policies() if policy.fence == policies.Fence.NONE}
OWNED = [label for label, maker in MAKERS.items() if maker and label not in OPEN | UNFENCED]


def refused(state):
    """The block must be refused by the trigger, with this SQLSTATE."""

    class Expectation:
        def __enter__(self):
            self.sid = transaction.atomic()
            self.sid.__enter__()

        def __exit__(self, kind, error, traceback):
            self.sid.__exit__(kind, error, traceback)
            assert isinstance(error, DatabaseError), "nothing was refused"
            assert error.__cause__.sqlstate == state
            assert refusal_of(error).sentence
            return True

    return Expectation()


@pytest.fixture
def archived(employee):
    relation = factories.RelationFactory()
    archive(relation, by=employee)
    return relation


@pytest.fixture
def erased(admin):
    line = factories.TimesheetLineFactory(billed=True)
    archive(line.relation, by=admin)
    erase(line.relation, by=admin)
    return line


class TestAnArchivedRelation:
    @pytest.mark.parametrize("label", OWNED)
    def test_gets_no_new_row_of(self, label, archived):
        with refused(fences.ARCHIVED):
            MAKERS[label](relation=archived)

    def test_is_not_changed_itself(self, archived):
        with refused(fences.ARCHIVED):
            Relation.objects.filter(pk=archived.pk).update(name="Anders")

    def test_is_not_brought_back_by_a_form_that_was_opened_before(self, archived):
        """A stale instance still believes that it is active."""
        archived.archival = None
        with refused(fences.ARCHIVED):
            archived.save()

    def test_is_not_deleted(self, archived):
        with refused(fences.ARCHIVED), connection.cursor() as cursor:
            cursor.execute("DELETE FROM relations_relation WHERE id = %s", [archived.pk])

    @pytest.mark.parametrize(
        "factory", [factories.NoteFactory, factories.ContactFactory, factories.TimesheetLineFactory]
    )
    def test_keeps_its_rows_as_they_are(self, factory, employee):
        extra = {"billed": True} if factory is factories.TimesheetLineFactory else {}
        row = factory(**extra)
        archive(row.relation, by=employee)

        with refused(fences.ARCHIVED):
            row.save()
        with refused(fences.ARCHIVED):
            type(row)._base_manager.filter(pk=row.pk)._raw_delete("default")

    def test_gets_no_row_moved_to_it(self, archived):
        note = factories.NoteFactory()

        with refused(fences.ARCHIVED):
            type(note).objects.filter(pk=note.pk).update(relation=archived)

    def test_is_not_chosen_as_debtor_or_owner(self, archived):
        """R18"""
        with refused(fences.ARCHIVED):
            factories.RelationFactory(invoice_debtor=archived)
        with refused(fences.ARCHIVED):
            factories.DossierItemFactory(owner=archived)

    def test_keeps_its_tasks_and_appointments_open(self, employee):
        """R14, R15: they can still be finished."""
        appointment = factories.AppointmentFactory()
        link = factories.TaskLinkFactory(relation=appointment.relation)
        archive(appointment.relation, by=employee)

        appointment.subject = "Verzet"
        appointment.save()
        link.task.subject = "Afgerond"
        link.task.save()

        appointment.refresh_from_db()
        assert appointment.subject == "Verzet"

    def test_can_still_pay_an_invoice(self, employee):
        """R75: an open invoice may be archived, and must then be payable (R96)."""
        invoice = factories.InvoiceFactory()
        archive(invoice.relation, by=employee)

        factories.PaymentFactory(invoice=invoice)

        assert invoice.payments.count() == 1


class TestAnErasedRelation:
    @pytest.mark.parametrize(
        "label",
        [
            label
            for label, maker in MAKERS.items()
            if maker and label not in {"relations.Person", "relations.Task"} | UNFENCED
        ],
    )
    def test_gets_no_new_row_of(self, label, erased):
        relation = Relation.objects.get(pk=erased.relation_id)
        with refused(fences.ERASED):
            MAKERS[label](relation=relation)

    def test_does_not_get_its_name_back(self, erased):
        with refused(fences.ERASED):
            Relation.objects.filter(pk=erased.relation_id).update(name="Bakkerij")

    def test_does_not_get_a_text_back_from_a_form_that_was_opened_before(self, erased):
        with refused(fences.ERASED):
            erased.save()

    def test_keeps_its_note_of_the_archival_empty(self, erased):
        with refused(fences.ERASED):
            Archival.objects.filter(root=erased.relation_id).update(note="Jansen")

    def test_does_not_get_its_name_back_as_addressee_of_somebody_else(self, admin):
        """B12: the form of the other's invoice was opened before."""
        invoice = factories.InvoiceFactory(settled=True, debtor=factories.RelationFactory())
        archive(invoice.debtor, by=admin)
        erase(invoice.debtor, by=admin)

        with refused(fences.ERASED):
            invoice.save()

    def test_does_not_get_its_person_back(self, admin):
        contact = factories.ContactFactory()
        archive(contact.relation, by=admin)
        erase(contact.relation, by=admin)

        with refused(fences.ERASED):
            contact.person.save()

    def test_that_is_gone_gets_no_row_back(self, admin):
        """R88: a form of a note that was opened before the relation was really deleted."""
        note = factories.NoteFactory()
        archive(note.relation, by=admin)
        erase(note.relation, by=admin)

        with refused(fences.ERASED):
            note.save()


class TestADeletedRelation:
    @pytest.fixture
    def deleted(self, admin):
        relation = factories.RelationFactory()
        archive(relation, by=admin)
        erase(relation, by=admin)
        return relation

    def test_is_not_inserted_again_by_a_stale_save(self, deleted):
        with pytest.raises(DatabaseError) as refusal, transaction.atomic():
            deleted.save()

        assert refusal_of(refusal.value).status == 409

    def test_is_not_inserted_again_under_its_key(self, deleted):
        with refused(fences.ERASED):
            Relation.objects.create(pk=deleted.pk, number="77777", name=deleted.name)

    def test_gets_no_history_after_the_fact(self, deleted, erased):
        """Whoever saves outside a transaction writes the history row after the eraser has been."""
        for pk in (deleted.pk, erased.relation_id):
            with refused(fences.ERASED):
                Relation.history.create(
                    id=pk, number="1", name="Jansen", history_date=MOMENT, history_type="~", created_at=MOMENT
                )
        with refused(fences.ERASED):
            TimesheetLine.history.create(
                id=erased.pk,
                relation_id=erased.relation_id,
                worked_on=MOMENT,
                hours=1,
                rate=1,
                history_date=MOMENT,
                history_type="~",
            )

    def test_takes_its_tasks_along_for_good(self, admin):
        link = factories.TaskLinkFactory()
        archive(link.relation, by=admin)
        erase(link.relation, by=admin)

        with pytest.raises(DatabaseError), transaction.atomic():
            link.task.save()

        assert not Task.objects.exists()


class TestAnActiveRelation:
    def test_is_never_deleted_straight_away(self):
        """R1"""
        relation = factories.RelationFactory()

        with refused(fences.NEVER_DELETED):
            relation.delete()
        with refused(fences.NEVER_DELETED):
            Relation.objects.filter(pk=relation.pk)._raw_delete("default")

    def test_is_not_archived_by_hand(self):
        """Only an act of the engine archives."""
        relation = factories.RelationFactory()
        act = factories.RelationFactory(archived=True).archival

        with refused(fences.ARCHIVED):
            Relation.objects.filter(pk=relation.pk).update(archival=act)

    def test_is_written_to_freely(self):
        note = factories.NoteFactory()

        note.text = "Belde terug."
        note.save()

        note.refresh_from_db()
        assert note.text == "Belde terug."


class TestTheFence:
    def test_stands_round_every_registered_table(self):
        with connection.cursor() as cursor:
            cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE 'pgtrigger_fence%'")
            fenced = {row[0] for row in cursor.fetchall()}

        expected = {p.model._meta.db_table for p in policies.policies() if p.label not in UNFENCED | {"relations.Task"}}
        expected |= {p.history._meta.db_table for p in policies.policies() if p.history and not p.orphans}
        assert fenced == expected

    def test_is_closed_again_after_an_act(self, archived):
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting(%s, true)", [fences.SETTING])
            assert cursor.fetchone()[0] == ""
