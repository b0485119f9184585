"""Races, with real threads and real transactions: nothing slips in between the check and the act."""

import threading
from concurrent.futures import ThreadPoolExecutor, wait
from unittest.mock import patch

import pytest
from django.db import DatabaseError, connection, transaction

from archiving.acts import proposals
from archiving.acts.archiving import archive
from archiving.acts.erasing import erase
from archiving.acts.restoring import restore
from archiving.models import Archival, Erasure
from archiving.plans import showing as previewing
from archiving.plans.plan import Act, Unanswered
from billing.models import TimesheetLine
from crm.jobs import running
from crm.jobs.models import ItemState, JobItem, JobState
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


def behind(first, *others):
    """Run `first`, and the others while it is not committed yet; what they returned or raised."""

    def run(act):
        try:
            return act()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(others)) as pool:
        with transaction.atomic():
            first()
            running = [pool.submit(run, act) for act in others]
            wait(running, timeout=0.5)
        return [act.result(20) for act in running]


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
        job = proposals.propose("archive", [relation.pk], by=admin)
        plan = previewing.preview(job, Act.ARCHIVE)

        def click():
            return proposals.confirm(job, plan, {"reason": "other"}, by=admin).done

        assert together(click, click) == [1, 1]
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


class TestALinkBetweenTwoRelations:
    """R11: two acts, one at either end; the second waits for the first and then sees what it did."""

    @pytest.fixture
    def link(self):
        return factories.RelationLinkFactory()

    def test_comes_back_when_both_ends_are_restored_at_once(self, admin, link):
        archive([link.from_relation_id], by=admin, reason="other")
        archive([link.to_relation_id], by=admin, reason="other")

        behind(lambda: restore([link.from_relation_id], by=admin), lambda: restore([link.to_relation_id], by=admin))

        link.refresh_from_db()
        assert not link.is_archived

    def test_stays_archived_when_the_other_end_is_archived_meanwhile(self, admin, link):
        archive([link.from_relation_id], by=admin, reason="other")

        behind(
            lambda: archive([link.to_relation_id], by=admin, reason="other"),
            lambda: restore([link.from_relation_id], by=admin),
        )

        link.refresh_from_db()
        assert link.is_archived


class TestAnUpdateAgainstArchiving:
    @pytest.mark.parametrize(
        ("make", "change"),
        [
            (lambda: factories.TimesheetLineFactory(billed=True), {"invoice_line": None}),
            (lambda: factories.PortalLinkFactory(until="2026-02-01"), {"until": None}),
        ],
    )
    def test_that_makes_a_blocker_is_refused(self, make, change, admin):
        """R5, R8, B12"""
        row = make()

        (refusal,) = behind(
            lambda: archive([row.relation_id], by=admin, reason="other"),
            lambda: type(row).objects.filter(pk=row.pk).update(**change),
        )

        assert refusal.__cause__.sqlstate == "AR001"

    def test_of_the_new_owner_leaves_no_document_with_an_archived_one(self, admin):
        """R76"""
        owner, successor = factories.RelationFactory.create_batch(2)
        factories.DossierItemFactory(owner=owner)

        (refusal,) = behind(
            lambda: archive([successor.pk], by=admin, reason="other"),
            lambda: archive([owner.pk], by=admin, reason="other", answers={"new_owner": successor.pk}),
        )

        assert isinstance(refusal, Unanswered)


class TestANewLinkAgainstErasing:
    """R24: whoever is linked elsewhere at the last moment is nobody's orphan."""

    @pytest.mark.parametrize(
        ("factory", "name"), [(factories.ContactFactory, "person"), (factories.TaskLinkFactory, "task")]
    )
    def test_keeps_the_person_or_task(self, factory, name, admin):
        link, elsewhere = factory(), factories.RelationFactory()
        linked = getattr(link, name)
        before = str(linked)
        archive([link.relation_id], by=admin, reason="other")

        (outcome,) = behind(
            lambda: factory(relation=elsewhere, **{name: linked}), lambda: erase_one(link.relation_id, by=admin)
        )

        assert outcome.done == [link.relation_id]
        linked.refresh_from_db()
        assert str(linked) == before


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

    def test_running_overlapping_jobs_archive_each_relation_once(self, settings):
        """B4: the row that the other job has already is told so."""
        settings.JOBS_AT_ONCE, settings.JOBS_CHUNK, settings.JOBS_CHUNK_MOST = 0, 2, 2
        pks = [note.relation_id for note in factories.NoteFactory.create_batch(12)]
        first, second = (draft(part, by=factories.AdminFactory()) for part in (pks[:8], pks[4:]))

        together(*[lambda job=job: running.run(job.pk) for job in (first, second)])
        for job in (first, second):
            running.run(job.pk)  # as the reviver does for what one left to the other
            job.refresh_from_db()

        assert (first.state, second.state) == (JobState.DONE, JobState.DONE)
        assert (first.done + second.done, first.skipped + second.skipped) == (12, 4)
        skipped = JobItem.objects.filter(state=ItemState.SKIPPED).values_list("reason", flat=True)
        assert set(skipped) == {"ALREADY_ARCHIVED"}
        assert Archival.objects.count() == 12


def draft(pks, *, by):
    """A confirmed job that nobody works on yet."""
    job = proposals.propose(Act.ARCHIVE, pks, by=by)
    plan = previewing.preview(job, Act.ARCHIVE)
    with patch("crm.jobs.tasks.send"):
        return proposals.confirm(job, plan, {"reason": "other"}, by=by)


class TestRestoringAgainstArchivingTheDebtor:
    def test_never_leaves_an_active_relation_with_an_archived_debtor(self, admin):
        """R7"""
        debtor = factories.RelationFactory()
        relation = factories.RelationFactory(invoice_debtor=debtor)
        archive([relation.pk], by=admin, reason="other")

        (restored,) = behind(
            lambda: archive([debtor.pk], by=admin, reason="other"), lambda: restore([relation.pk], by=admin)
        )

        assert restored.done == []
        assert Relation.objects.archived().count() == 2
