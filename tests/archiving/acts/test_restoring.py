"""R3, R22: restoring is exactly the reverse of the act of archiving."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from archiving.models import Archival, ArchivalChange
from archiving.plans.archive_and_restore import plan_restore
from archiving.plans.plan import Verb
from tests import factories
from tests.archiving.acting import archive, erase, restore

pytestmark = pytest.mark.django_db


class TestRestore:
    @pytest.mark.parametrize(
        "factory",
        [
            factories.ContactFactory,
            factories.NoteFactory,
            factories.ContractFactory,
            factories.ClientActivityFactory,
            factories.PledgeFactory,
            factories.CommunityPostFactory,
        ],
    )
    def test_brings_back(self, factory, admin):
        """R22"""
        row = factory()
        archive(row.relation, by=admin)

        restore(row.relation, by=admin)

        row.refresh_from_db()
        row.relation.refresh_from_db()
        assert not row.is_archived
        assert row.relation.is_active

    def test_leaves_archived_what_was_archived_before(self, admin):
        """R22"""
        left_earlier = factories.ContactFactory(archived=True)
        archive(left_earlier.relation, by=admin)

        restore(left_earlier.relation, by=admin)

        left_earlier.refresh_from_db()
        assert left_earlier.is_archived

    def test_lets_mandates_run_again(self, admin):
        """R73"""
        running = factories.DirectDebitMandateFactory()
        stopped = factories.DirectDebitMandateFactory(relation=running.relation, stopped_on=date(2025, 1, 1))
        archive(running.relation, by=admin)

        restore(running.relation, by=admin)

        running.refresh_from_db()
        stopped.refresh_from_db()
        assert running.stopped_on is None
        assert stopped.stopped_on == date(2025, 1, 1)

    def test_gives_documents_back_to_their_owner(self, admin):
        """R76"""
        owner, successor = factories.RelationFactory.create_batch(2)
        document = factories.DossierItemFactory(owner=owner)
        archive(owner, by=admin, new_owner=successor.pk)

        restore(owner, by=admin)

        document.refresh_from_db()
        assert document.owner == owner

    @pytest.mark.parametrize("order", ["last first", "first first", "together"])
    def test_gives_documents_back_that_changed_owner_twice(self, order, admin):
        """R22, R76: whichever of the two comes back first."""
        owner, successor, third = factories.RelationFactory.create_batch(3)
        document = factories.DossierItemFactory(owner=owner)
        archive(owner, by=admin, new_owner=successor.pk)
        archive(successor, by=admin, new_owner=third.pk)

        for turn in {
            "last first": [[successor], [owner]],
            "first first": [[owner], [successor]],
            "together": [[owner, successor]],
        }[order]:
            restore(*turn, by=admin)

        document.refresh_from_db()
        assert document.owner == owner

    def test_leaves_a_value_that_somebody_changed_since(self, admin):
        owner, successor, third = factories.RelationFactory.create_batch(3)
        document = factories.DossierItemFactory(owner=owner)
        archive(owner, by=admin, new_owner=successor.pk)
        document.owner = third
        document.save()

        restore(owner, by=admin)

        document.refresh_from_db()
        assert document.owner == third

    def test_reopens_functions(self, admin):
        """R78"""
        assignment = factories.FunctionAssignmentFactory()
        archive(assignment.relation, by=admin, function_end_date=date(2026, 12, 31))

        restore(assignment.relation, by=admin)

        assignment.refresh_from_db()
        assert assignment.until is None

    @pytest.mark.parametrize("first", ["from_relation", "to_relation"])
    def test_brings_a_link_back_only_when_both_ends_are_active(self, first, admin):
        """R11"""
        link = factories.RelationLinkFactory()
        second = "to_relation" if first == "from_relation" else "from_relation"
        archive(link.from_relation, by=admin)
        archive(link.to_relation, by=admin)

        restore(getattr(link, first), by=admin)
        link.refresh_from_db()
        assert link.is_archived

        restore(getattr(link, second), by=admin)
        link.refresh_from_db()
        assert not link.is_archived

    def test_closes_the_act_with_who_and_when(self, admin):
        relation = factories.RelationFactory()
        archive(relation, by=admin)

        restore(relation, by=admin)

        act = Archival.objects.get()
        assert act.restored_by == admin
        assert act.restored_at >= act.at
        assert not ArchivalChange.objects.exists()

    def test_is_for_administrators_only(self, employee, admin):
        """R3"""
        relation = factories.RelationFactory()
        archive(relation, by=employee)

        with pytest.raises(PermissionDenied):
            restore(relation, by=employee)

        assert restore(relation, by=admin).done == [relation.pk]

    def test_skips_what_is_not_in_the_archive(self, admin):
        relation = factories.RelationFactory()

        outcome = restore(relation, by=admin)

        assert outcome.done == []
        assert relation.pk in outcome.skipped

    def test_is_planned_with_true_numbers(self, admin):
        """B2"""
        relation = factories.RelationFactory()
        factories.ContactFactory.create_batch(3, relation=relation)
        factories.ContactFactory(relation=relation, archived=True)
        archive(relation, by=admin)

        (effect,) = plan_restore([relation.pk]).effects

        assert (str(effect.label), effect.count, effect.verb) == ("Contactpersonen", 3, Verb.RESTORED)

    def test_counts_a_link_only_when_it_comes_back(self, admin):
        """B2, R11"""
        link = factories.RelationLinkFactory()
        archive(link.from_relation, by=admin)
        archive(link.to_relation, by=admin)

        assert plan_restore([link.from_relation_id]).effects == []
        assert [effect.count for effect in plan_restore([link.from_relation_id, link.to_relation_id]).effects] == [1]

    def test_tells_which_values_come_back(self, admin):
        """B2, R73"""
        mandate = factories.DirectDebitMandateFactory()
        archive(mandate.relation, by=admin)

        (effect,) = plan_restore([mandate.relation_id]).effects

        assert (effect.verb, effect.count) == (Verb.RESTORED, 1)


class TestAnArchivedDebtor:
    """R7: an active relation never names an archived debtor."""

    @pytest.fixture
    def pair(self, admin):
        debtor = factories.RelationFactory()
        relation = factories.RelationFactory(invoice_debtor=debtor)
        archive(relation, by=admin)
        archive(debtor, by=admin)
        return relation, debtor

    def test_must_come_back_first(self, pair, admin):
        relation, debtor = pair

        outcome = restore(relation, by=admin)

        (finding,) = outcome.skipped[relation.pk]
        assert finding.code == "DEBTOR_ARCHIVED"
        assert debtor.number in finding.sentence
        assert restore(debtor, by=admin).done == [debtor.pk]
        assert restore(relation, by=admin).done == [relation.pk]

    def test_may_come_back_together(self, pair, admin):
        relation, debtor = pair

        assert sorted(restore(relation, debtor, by=admin).done) == sorted([relation.pk, debtor.pk])

    def test_that_was_erased_holds_nobody_back(self, pair, admin):
        """R36: still linked, as 'Verwijderd'."""
        relation, debtor = pair
        erase(debtor, by=admin)

        assert restore(relation, by=admin).done == [relation.pk]
