"""Races, with real threads and real transactions: nothing slips in between the check and the act."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import DatabaseError, connection, transaction

from archiving import proposals
from archiving.archiving import archive
from archiving.erasing import erase
from archiving.models import Archival, Erasure
from archiving.restoring import restore
from billing.models import TimesheetLine
from relations.models import Note, Relation
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


def together(*acts):
    """Run the acts in a thread each, all at once; what each returned or raised."""
    barrier = threading.Barrier(len(acts))

    def run(act):
        try:
            barrier.wait(10)
            return act()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def erase_one(pk, *, by):
    return erase([pk], by=by, reason="request", answers={"retention": True})


@pytest.fixture
def admin():
    return factories.AdminFactory()


class TestANewTimesheetLineAgainstArchiving:
    def test_is_either_a_blocker_or_refused(self, admin):
        """R5, B12: never an archived relation with unbilled hours."""
        relations = factories.RelationFactory.create_batch(15)
        employee = factories.EmployeeFactory()
        pks = [relation.pk for relation in relations]

        def write():
            states = set()
            for relation in relations:
                line = factories.TimesheetLineFactory.build(employee=employee, relation=relation)
                try:
                    with transaction.atomic():
                        line.save()
                except DatabaseError as error:
                    states.add(error.__cause__.sqlstate)
            return states

        def archive_each():
            for pk in pks:
                archive([pk], by=admin, reason="other")

        refusals = together(write, write, archive_each, archive_each)

        assert all(states in (set(), {"AR001"}, None) for states in refusals)
        slipped_in = TimesheetLine.objects.unbilled().exclude(relation__archival=None)
        assert not slipped_in.exists()
        assert Relation.objects.archived().exists() or TimesheetLine.objects.count() == 30


class TestRestoringAgainstErasing:
    def test_has_one_winner(self, admin):
        relations = factories.RelationFactory.create_batch(6)
        pks = [relation.pk for relation in relations]
        archive(pks, by=admin, reason="other")

        for pk in pks:
            restored, erased = together(lambda pk=pk: restore([pk], by=admin), lambda pk=pk: erase_one(pk, by=admin))

            assert sorted([len(restored.done), len(erased.done)]) == [0, 1]
            assert Relation.objects.filter(pk=pk, archival=None).exists() is bool(restored.done)


class TestADoubleClick:
    def test_archives_once(self, admin):
        """B2"""
        relation = factories.RelationFactory()
        proposal = proposals.propose("archive", [relation.pk], by=admin)

        def click():
            return proposals.execute(
                proposal.pk, by=admin, run=lambda pks: archive(pks, by=admin, reason="other")
            ).outcome["done"]

        assert together(click, click) == [[relation.pk], [relation.pk]]
        assert Archival.objects.count() == 1

    def test_erases_once(self, admin):
        """B2"""
        relation = factories.InvoiceFactory(settled=True).relation
        archive([relation.pk], by=admin, reason="other")

        results = together(*[lambda: erase_one(relation.pk, by=admin).done] * 2)

        assert sorted(results) == [[], [relation.pk]]
        assert Erasure.objects.count() == 1


class TestAStaleFormAfterErasing:
    def test_brings_no_word_back(self, admin):
        """B12"""
        line = factories.TimesheetLineFactory(billed=True, description="Boekhouding van Jansen")
        relation = line.relation
        archive([relation.pk], by=admin, reason="other")
        erase_one(relation.pk, by=admin)

        for stale in (relation, line):
            with pytest.raises(DatabaseError) as refusal:
                stale.save()
            assert refusal.value.__cause__.sqlstate == "AR002"

        assert not TimesheetLine.history.exists()

    def test_that_was_being_saved_at_the_same_moment_leaves_no_history(self, admin):
        """R32: whoever was still writing is waited for, and what they wrote goes too."""
        relation = factories.InvoiceFactory(settled=True).relation
        appointment = factories.AppointmentFactory(relation=relation)
        archive([relation.pk], by=admin, reason="other")

        def save():
            for number in range(20):
                appointment.subject = f"Jansen {number}"
                try:
                    appointment.save()
                except DatabaseError:
                    return

        _saved, outcome = together(save, lambda: erase_one(relation.pk, by=admin))

        assert outcome.done == [relation.pk]
        assert not type(appointment).objects.exists()
        assert not type(appointment).history.exists()


class TestTwoAdministrators:
    def test_archiving_overlapping_sets_archive_each_relation_once(self, admin):
        notes = factories.NoteFactory.create_batch(12)
        pks = [note.relation_id for note in notes]

        results = together(
            lambda: archive(pks[:8], by=admin, reason="other"), lambda: archive(pks[4:], by=admin, reason="other")
        )

        assert sorted(results[0].done + results[1].done) == sorted(pks)
        assert Archival.objects.count() == len(pks)
        assert not Note.objects.active().exists()
