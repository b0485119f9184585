"""R23-R37, R86-R97: what erasing deletes, empties and keeps, who may, and what stands in its way."""

import re

import pytest
from django.core.exceptions import PermissionDenied

from archiving.acts import erasing
from archiving.erasure import figures, numbers, register
from archiving.erasure.figures import FiguresChanged
from archiving.models import Archival, Erasure
from archiving.verifying import residue
from crm.accounts.models import Employee
from crm.core.refusals import Refusal
from relations.models import ERASED_NAME, Person, Relation, SbrOrigin, SbrReport, Task
from tests import factories
from tests.archiving.acting import ANSWERS, archived, erase, with_invoice

pytestmark = pytest.mark.django_db


class TestErase:
    def test_really_deletes_a_relation_without_transactions(self, admin):
        """R86, R88"""
        contact = factories.ContactFactory()
        archived(contact.relation, admin)

        outcome = erase(contact.relation, by=admin)

        assert outcome.modes == {contact.relation_id: "delete"}
        assert not Relation.objects.filter(pk=contact.relation_id).exists()
        assert not Relation.history.filter(id=contact.relation_id).exists()

    def test_anonymises_a_relation_with_invoices(self, admin):
        """R36, R86, R89"""
        relation = archived(with_invoice(), admin)

        erase(relation, by=admin)

        erased = Relation.objects.get(pk=relation.pk)
        assert erased.name == ERASED_NAME
        assert re.fullmatch(r"Verwijderd\(\d{18}\)", erased.number)
        assert relation.number not in erased.number
        assert erased.erasure == Erasure.objects.get()

    def test_gives_every_relation_its_own_random_number(self, admin):
        """R36"""
        relations = [archived(with_invoice(), admin) for _ in range(3)]

        erase(*relations, by=admin)

        assert len(set(Relation.objects.values_list("number", flat=True))) == 3

    def test_retires_the_number(self, admin):
        """R87"""
        relation = archived(factories.RelationFactory(), admin)

        erase(relation, by=admin)

        assert numbers.is_retired(relation.number)

    @pytest.mark.parametrize(
        "factory",
        [
            factories.AppointmentFactory,
            factories.MessageFactory,
            factories.ClientActivityFactory,
            factories.ReportReferenceFactory,
            factories.DossierItemFactory,
            factories.ContactFactory,
            factories.NoteFactory,
            factories.ContractFactory,
            factories.FunctionAssignmentFactory,
            factories.PortalAccountFactory,
            factories.SelectionMemberFactory,
            factories.RelationTagFactory,
        ],
        ids=[
            "R25 appointments",
            "R26 messages",
            "R27 client activities",
            "R28 references to reports",
            "R29 references to dossier items",
            "contacts",
            "notes",
            "contracts",
            "functions",
            "R83 portal accounts",
            "selections",
            "tags",
        ],
    )
    @pytest.mark.parametrize("make_owner", [factories.RelationFactory, with_invoice], ids=["bare", "with invoice"])
    def test_deletes(self, factory, make_owner, admin):
        row = factory(relation=make_owner())
        archived(row.relation, admin)

        erase(row.relation, by=admin)

        assert not type(row)._base_manager.filter(pk=row.pk).exists()

    @pytest.mark.parametrize("make_owner", [factories.RelationFactory, with_invoice], ids=["bare", "with invoice"])
    def test_deletes_links_seen_from_either_end(self, make_owner, admin):
        relation = make_owner()
        factories.RelationLinkFactory(from_relation=relation)
        factories.RelationLinkFactory(to_relation=relation)
        archived(relation, admin)

        erase(relation, by=admin)

        assert not relation.links_from.exists()
        assert not relation.links_to.exists()

    def test_deletes_tasks_of_this_relation_alone(self, admin):
        """R24"""
        own, shared = factories.TaskLinkFactory.create_batch(2)
        factories.TaskLinkFactory(task=own.task, relation=shared.relation)
        alone = factories.TaskLinkFactory(relation=own.relation)
        archived(own.relation, admin)

        erase(own.relation, by=admin)

        assert set(Task.objects.all()) == {own.task, shared.task}
        assert not Task.history.filter(id=alone.task_id).exists()

    def test_empties_a_person_without_another_role(self, admin):
        """R31, 1F"""
        alone, shared = factories.ContactFactory.create_batch(2)
        factories.ContactFactory(person=shared.person)
        archived(alone.relation, admin)
        archived(shared.relation, admin)

        erase(alone.relation, shared.relation, by=admin)

        assert str(Person.objects.get(pk=alone.person_id)) == "verwijderd"
        assert str(Person.objects.get(pk=shared.person_id)) == str(shared.person)
        assert not Person.history.filter(id=alone.person_id).exists()

    def test_empties_a_person_whose_contact_was_removed_before(self, admin):
        """R32: only the history knows that they belonged together."""
        contact = factories.ContactFactory()
        contact.delete()
        archived(contact.relation, admin)

        erase(contact.relation, by=admin)

        assert str(Person.objects.get(pk=contact.person_id)) == "verwijderd"

    def test_forgets_a_task_that_was_removed_before(self, admin):
        """R32"""
        link = factories.TaskLinkFactory()
        relation, task = link.relation, link.task
        link.delete()
        task.delete()
        assert Task.history.exists()
        archived(relation, admin)

        erase(relation, by=admin)

        assert not Task.history.exists()

    @pytest.mark.parametrize("make_owner", [factories.RelationFactory, with_invoice], ids=["bare", "with invoice"])
    def test_deletes_own_sbr_reports_and_unlinks_those_of_visionplanner(self, make_owner, admin):
        """R30"""
        own = factories.SbrReportFactory(relation=make_owner())
        theirs = factories.SbrReportFactory(relation=own.relation, origin=SbrOrigin.VISIONPLANNER)
        archived(own.relation, admin)

        erase(own.relation, by=admin)

        assert list(SbrReport.objects.values_list("pk", "relation")) == [(theirs.pk, None)]

    def test_keeps_hours_without_their_text(self, admin):
        """R33, R35"""
        line = factories.TimesheetLineFactory(billed=True)
        archived(line.relation, admin)

        erase(line.relation, by=admin)

        hours, description = line.hours, line.description
        line.refresh_from_db()
        assert line.hours == hours
        assert line.description != description

    def test_keeps_invoices_without_their_text(self, admin):
        """R34, R37"""
        line = factories.InvoiceLineFactory(invoice__settled=True)
        invoice = line.invoice
        archived(invoice.relation, admin)

        erase(invoice.relation, by=admin)

        total, number = invoice.total, invoice.number
        invoice.refresh_from_db()
        line.refresh_from_db()
        assert (invoice.total, invoice.number) == (total, number)
        assert (invoice.addressee_name, invoice.addressee_address) == ("verwijderd", "")
        assert line.description == "verwijderd"

    def test_empties_the_address_on_invoices_sent_to_this_debtor(self, admin):
        """R31, R32"""
        debtor = factories.RelationFactory()
        invoice = factories.InvoiceFactory(debtor=debtor, settled=True, reference="Uw opdracht")
        archived(debtor, admin)

        erase(debtor, by=admin)

        invoice.refresh_from_db()
        assert (invoice.addressee_name, invoice.reference) == ("verwijderd", "Uw opdracht")
        assert not invoice.history.exists()

    @pytest.mark.parametrize(("choice", "text"), [("keep", "Hoe dien ik een suppletie in?"), ("delete", "verwijderd")])
    def test_keeps_community_messages_without_their_author_or_empties_them(self, choice, text, admin):
        """R77"""
        post = factories.CommunityPostFactory()
        archived(post.relation, admin)

        erase(post.relation, by=admin, community=choice)

        post.refresh_from_db()
        assert (post.author_name, post.text) == ("verwijderd", text)

    def test_frees_the_email_address_of_an_account(self, admin):
        """R83"""
        account = factories.PortalAccountFactory()
        archived(account.relation, admin)

        erase(account.relation, by=admin)

        assert factories.PortalAccountFactory(email=account.email)

    def test_empties_the_note_of_the_archival(self, admin):
        """R31"""
        relation = archived(with_invoice(), admin)

        erase(relation, by=admin)

        assert Archival.objects.get(root=relation).note == ""


class TestHistory:
    """R32: what a relation's rows once said goes too, also of rows that are no longer there or no longer theirs."""

    def test_of_a_line_that_was_deleted_goes(self, admin):
        line = factories.InvoiceLineFactory(invoice__settled=True, description="KANARIE advies")
        relation = line.invoice.relation
        line.delete()
        archived(relation, admin)

        erase(relation, by=admin)

        assert residue(["KANARIE"]) == {}

    def test_of_a_line_of_a_deleted_invoice_goes(self, admin):
        line = factories.InvoiceLineFactory(description="KANARIE advies")
        relation = line.invoice.relation
        line.delete()
        line.invoice.delete()
        archived(relation, admin)

        erase(relation, by=admin)

        assert residue(["KANARIE"]) == {}

    def test_of_a_line_that_moved_to_another_invoice_goes(self, admin):
        line = factories.InvoiceLineFactory(invoice__settled=True, description="KANARIE advies")
        relation = line.invoice.relation
        line.invoice, line.description = factories.InvoiceFactory(settled=True), "Advies"
        line.save()
        archived(relation, admin)

        erase(relation, by=admin)

        assert residue(["KANARIE"]) == {}


class TestRowsOfOthers:
    @pytest.mark.parametrize("factory", [factories.NoteFactory, factories.QuoteFactory])
    def test_that_hang_under_an_activity_stay_without_it(self, factory, admin):
        """R27: a note that was moved to another relation is not this one's to delete."""
        activity = factories.ClientActivityFactory()
        row = factory(activity=activity)
        archived(activity.relation, admin)

        erase(activity.relation, by=admin)

        row.refresh_from_db()
        assert row.activity is None


class TestTheRight:
    def test_belongs_to_administrators(self, employee, admin):
        """R3"""
        relation = archived(factories.RelationFactory(), employee)

        with pytest.raises(PermissionDenied):
            erase(relation, by=employee)

        assert erase(relation, by=admin).done == [relation.pk]

    def test_is_not_had_by_being_a_superuser(self, admin):
        """1F: nobody gets it by any other road."""
        superuser = Employee.objects.create_superuser("beheer@kantoor.example", "geheim-12345", name="Beheer")
        superuser.groups.clear()
        relation = archived(factories.RelationFactory(), admin)

        with pytest.raises(PermissionDenied):
            erase(relation, by=Employee.objects.get(pk=superuser.pk))


class TestTheReason:
    def test_is_one_of_the_list(self, admin):
        """The register says nothing about anybody."""
        relation = archived(factories.RelationFactory(), admin)

        with pytest.raises(Refusal):
            erasing.erase([relation.pk], by=admin, reason="Jansen wil het", answers=ANSWERS)

        assert not Erasure.objects.exists()


class TestTheFigures:
    def test_are_the_same_before_and_after(self, admin):
        """R35, B6"""
        line = factories.TimesheetLineFactory(billed=True)
        factories.PaymentFactory(invoice=line.invoice_line.invoice)
        archived(line.relation, admin)
        before = figures.of([line.relation_id])

        erase(line.relation, by=admin)

        assert figures.of([line.relation_id]) == before
        assert any(before.values())

    def test_roll_everything_back_when_they_would_change(self, admin, monkeypatch):
        """B6"""
        line = factories.TimesheetLineFactory(billed=True)
        archived(line.relation, admin)
        sums = iter([{"hours": 2}, {"hours": 1}])
        policy = next(iter(figures.of([line.relation_id])))
        monkeypatch.setattr(figures, "of", lambda ids: {policy: next(sums)})

        with pytest.raises(FiguresChanged):
            erase(line.relation, by=admin)

        assert Relation.objects.get(pk=line.relation_id).name == line.relation.name
        assert not Erasure.objects.exists()


class TestTheRegister:
    def test_holds_who_when_why_and_how_many_but_not_whom(self, admin):
        relation = archived(with_invoice(), admin)

        erase(relation, by=admin)

        entry = Erasure.objects.get()
        told = str([getattr(entry, field.attname) for field in entry._meta.concrete_fields])
        assert (entry.by, entry.reason, entry.mode) == (admin, "request", "anonymise")
        assert relation.name not in told
        assert relation.number not in told

    def test_is_a_chain_in_which_no_row_can_be_changed_unseen(self, admin):
        relations = [archived(factories.RelationFactory(), admin) for _ in range(3)]
        erase(*relations[:2], by=admin)
        erase(relations[2], by=admin)
        assert register.broken_at() is None

        forged = Erasure.objects.order_by("pk")[1]
        Erasure.objects.filter(pk=forged.pk).update(reason="mistake")

        assert register.broken_at() == forged
