"""R1-R18, R72-R79: what archiving takes along, leaves, changes and asks."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from archiving.acts import archiving
from archiving.models import Archival
from archiving.plans.archive_and_restore import blockers, plan_archive
from archiving.plans.plan import Unanswered, Verb
from archiving.policies import Stage
from billing.models import InvoiceStatus
from crm.core.drift import Drifted
from relations.models import Person, Relation
from tests import factories
from tests.archiving.acting import archive

pytestmark = pytest.mark.django_db


class TestArchive:
    @pytest.mark.parametrize(
        "factory",
        [
            factories.ContactFactory,
            factories.NoteFactory,
            factories.ContractFactory,
            factories.ClientActivityFactory,
            factories.PledgeFactory,
        ],
        ids=["R9 contacts", "R10 notes", "R12 contracts", "R13 client activities", "R74 pledges"],
    )
    def test_takes_along(self, factory, employee):
        row = factory()

        archive(row.relation, by=employee)

        row.refresh_from_db()
        assert row.archival == Relation.objects.get(pk=row.relation_id).archival

    @pytest.mark.parametrize("end", ["from_relation", "to_relation"])
    def test_takes_links_along_from_either_end(self, end, employee):
        """R11"""
        link = factories.RelationLinkFactory()

        archive(getattr(link, end), by=employee)

        link.refresh_from_db()
        assert link.is_archived

    @pytest.mark.parametrize(
        "factory",
        [factories.TaskLinkFactory, factories.AppointmentFactory, factories.ReportReferenceFactory],
        ids=["R14 tasks", "R15 appointments", "R16 reports"],
    )
    def test_leaves(self, factory, employee):
        row = factory()

        archive(row.relation, by=employee)

        row.refresh_from_db()
        assert not hasattr(row, "archival_id")
        assert type(row)._base_manager.filter(pk=row.pk).exists()

    def test_leaves_the_person_behind_a_contact(self, employee):
        """R9"""
        contact = factories.ContactFactory()

        archive(contact.relation, by=employee)

        assert Person.objects.get() == contact.person

    def test_records_who_when_and_why(self, employee):
        relation = factories.RelationFactory()

        archive(relation, by=employee)

        act = Archival.objects.get()
        assert (act.root, act.by, act.reason, act.note) == (relation, employee, "switched", "Overgestapt")
        assert act.at <= timezone.now()

    def test_writes_one_history_row_of_the_relation(self, employee):
        relation = factories.RelationFactory()

        archive(relation, by=employee)

        newest = relation.history.first()
        assert (newest.history_user, newest.history_change_reason) == (employee, "archived")
        assert newest.archival_id == Archival.objects.get().pk

    def test_leaves_archived_what_was_archived_before(self, employee):
        left_earlier = factories.ContactFactory(archived=True)

        archive(left_earlier.relation, by=employee)

        before = left_earlier.archival_id
        left_earlier.refresh_from_db()
        assert left_earlier.archival_id == before

    def test_stops_running_mandates(self, employee):
        """R73"""
        mandate = factories.DirectDebitMandateFactory()

        archive(mandate.relation, by=employee)

        mandate.refresh_from_db()
        assert mandate.stopped_on == timezone.localdate()

    def test_ends_functions_on_the_date_asked(self, employee):
        """R78"""
        assignment = factories.FunctionAssignmentFactory()

        archive(assignment.relation, by=employee, function_end_date=date(2026, 12, 31))

        assignment.refresh_from_db()
        assert assignment.until == date(2026, 12, 31)

    def test_ends_a_function_that_has_not_begun_on_the_day_it_begins(self, employee):
        """R78"""
        assignment = factories.FunctionAssignmentFactory(since=date(2027, 1, 1))

        archive(assignment.relation, by=employee, function_end_date=date(2026, 12, 31))

        assignment.refresh_from_db()
        assert assignment.until == date(2027, 1, 1)

    def test_gives_documents_elsewhere_their_new_owner(self, employee):
        """R76"""
        owner, successor = factories.RelationFactory.create_batch(2)
        document = factories.DossierItemFactory(owner=owner)

        archive(owner, by=employee, new_owner=successor.pk)

        document.refresh_from_db()
        assert document.owner == successor

    @pytest.mark.parametrize(("choice", "hidden"), [("delete", True), ("keep", False)])
    def test_hides_community_messages_only_when_so_chosen(self, choice, hidden, employee):
        """R77"""
        post = factories.CommunityPostFactory()

        archive(post.relation, by=employee, community=choice)

        post.refresh_from_db()
        assert post.is_archived is hidden

    def test_makes_the_relation_disappear_from_lists_and_pickers(self, employee):
        """R17, R18"""
        relation = factories.RelationFactory()

        archive(relation, by=employee)

        assert relation not in Relation.objects.active()
        assert relation not in Relation.objects.selectable()
        assert relation in Relation.objects.archived()

    def test_is_allowed_to_every_employee_and_nobody_else(self, employee):
        """R2"""
        relation = factories.RelationFactory()
        stranger = factories.EmployeeFactory(roles=["Nobody"])

        with pytest.raises(PermissionDenied):
            archive(relation, by=stranger)

        assert archive(relation, by=employee).done == [relation.pk]


class TestABlocker:
    @pytest.mark.parametrize(
        ("code", "make"),
        [
            ("UNBILLED_TIME", lambda relation: factories.TimesheetLineFactory(relation=relation)),
            ("UNBILLED_INSTALMENT", lambda relation: factories.InstalmentFactory(agreement__relation=relation)),
            ("INVOICE_DEBTOR_FOR", lambda relation: factories.RelationFactory(invoice_debtor=relation)),
            ("PORTAL_LINK", lambda relation: factories.PortalLinkFactory(relation=relation)),
            (
                "CONTRACTANT_LINK",
                lambda relation: factories.SubscriptionFactory(relation=relation, database="nl-04", contractant="KL-1"),
            ),
        ],
        ids=["R5", "R6", "R7", "R8", "contractant"],
    )
    def test_keeps_the_relation_from_the_archive_and_lets_the_others_go(self, code, make, employee):
        blocked, free = factories.RelationFactory.create_batch(2)
        make(blocked)

        outcome = archive(blocked, free, by=employee)

        assert outcome.done == [free.pk]
        (finding,) = outcome.skipped[blocked.pk]
        assert (finding.code, finding.count) == (code, 1)
        assert str(blocked.pk) in finding.url
        blocked.refresh_from_db()
        assert not blocked.is_archived

    def test_is_gone_when_the_work_is_invoiced(self):
        """R5"""
        line = factories.TimesheetLineFactory(billed=True)

        assert blockers([line.relation_id], Stage.ARCHIVE) == {}

    def test_is_not_made_by_hours_that_are_never_invoiced(self):
        """R5"""
        line = factories.TimesheetLineFactory(billable=False)

        assert blockers([line.relation_id], Stage.ARCHIVE) == {}

    def test_is_not_made_by_a_debtor_of_an_archived_relation(self, employee):
        """R7"""
        debtor = factories.RelationFactory()
        other = factories.RelationFactory(invoice_debtor=debtor)

        archive(other, by=employee)

        assert blockers([debtor.pk], Stage.ARCHIVE) == {}

    def test_is_told_for_what_is_archived_already(self, employee):
        relation = factories.RelationFactory()
        archive(relation, by=employee)

        outcome = archive(relation, by=employee)

        assert [finding.code for finding in outcome.skipped[relation.pk]] == ["ALREADY_ARCHIVED"]


class TestAQuestion:
    def test_about_open_invoices_must_be_acknowledged(self, employee):
        """R75"""
        invoice = factories.InvoiceFactory()

        with pytest.raises(Unanswered):
            archive(invoice.relation, by=employee, open_invoices=False)

        assert archive(invoice.relation, by=employee).done == [invoice.relation_id]

    def test_about_a_new_owner_must_name_an_active_relation_outside_the_set(self, employee):
        """R76"""
        owner = factories.RelationFactory()
        factories.DossierItemFactory(owner=owner)

        for answer in (None, owner.pk, factories.RelationFactory(archived=True).pk, 0):
            with pytest.raises(Unanswered):
                archive(owner, by=employee, new_owner=answer)

    def test_about_the_community_must_be_answered(self, employee):
        """R77"""
        post = factories.CommunityPostFactory()

        with pytest.raises(Unanswered):
            archive(post.relation, by=employee, community="")

    def test_is_not_asked_when_there_is_nothing_to_ask(self):
        relation = factories.RelationFactory()

        assert plan_archive([relation.pk]).questions == []


class TestThePlan:
    def test_tells_true_numbers(self):
        """B2"""
        relation = factories.RelationFactory()
        factories.ContactFactory.create_batch(3, relation=relation)
        factories.NoteFactory.create_batch(2, relation=relation)
        factories.TaskLinkFactory(relation=relation)

        told = {(str(effect.label), effect.verb): effect.count for effect in plan_archive([relation.pk]).effects}

        assert told["Contactpersonen", Verb.ARCHIVED] == 3
        assert told["Notities", Verb.ARCHIVED] == 2
        assert told["Taken", Verb.STAYS] == 1

    def test_that_was_shown_is_the_one_that_runs_or_nothing_runs(self, employee):
        """B2"""
        contact = factories.ContactFactory()
        shown = plan_archive([contact.relation_id])
        factories.ContactFactory(relation=contact.relation)

        with pytest.raises(Drifted):
            archiving.archive([contact.relation_id], by=employee, reason="other", expected=shown.hash)

        assert Relation.objects.get(pk=contact.relation_id).is_active

    def test_that_still_holds_runs(self, employee):
        """B2"""
        invoice = factories.InvoiceFactory(status=InvoiceStatus.PAID)
        shown = plan_archive([invoice.relation_id])

        outcome = archiving.archive([invoice.relation_id], by=employee, reason="other", expected=shown.hash)

        assert outcome.done == [invoice.relation_id]
