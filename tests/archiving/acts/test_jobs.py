"""Archiving, restoring and erasing of many, through jobs: what runs is what was shown, each row with its outcome."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from archiving import fences
from archiving.acts import proposals
from archiving.erasure import job_traces
from archiving.models import Archival, Erasure
from archiving.plans import showing as previewing
from archiving.plans.plan import Act
from crm.core.drift import Drifted
from crm.core.refusals import Refusal
from crm.jobs import freezing, operations, running
from crm.jobs.models import ItemState, Job, JobItem, JobState
from relations.models import DossierItem, Relation
from tests import factories
from tests.archiving.acting import archive, erase, restore
from tests.jobs.jobs import undone

pytestmark = pytest.mark.django_db

GIVEN = {"reason": "inactive", "note": "Opgeruimd", "answers": {"community": "keep", "retention": True}}


@pytest.fixture
def by_workers(settings):
    """Every job is for the workers; the test's own process is one (CELERY_TASK_ALWAYS_EAGER)."""
    settings.JOBS_AT_ONCE = 0


@pytest.fixture
def nobody_works(monkeypatch):
    """A job waits, until the test runs it."""
    monkeypatch.setattr("crm.jobs.tasks.send", lambda job_id, workers=1: None)


def shown(act, relations, *, by):
    """The draft and what its page said."""
    job = proposals.propose(act, [relation.pk for relation in relations], by=by)
    return job, previewing.preview(job, act)


def confirmed(act, relations, *, by, **given):
    job, plan = shown(act, relations, by=by)
    return proposals.confirm(job, plan, GIVEN | given, by=by)


def counts(job):
    job.refresh_from_db()
    return job.state, job.done, job.skipped, job.failed


def reason_of(job, relation):
    return job.items.get(target=relation).reason


class TestArchivingMany:
    def test_is_done_by_the_workers(self, employee):
        """R71, R72, R79"""
        relations = factories.RelationFactory.create_batch(101)

        job = confirmed(Act.ARCHIVE, relations, by=employee)

        assert counts(job) == (JobState.DONE, 101, 0, 0)
        assert set(Archival.objects.values_list("by", "reason", "note")) == {(employee.pk, "inactive", "Opgeruimd")}
        assert Archival.objects.count() == 101
        assert job.parameters == {}

    def test_carries_out_the_answers_in_every_chunk(self, employee, by_workers, settings):
        """R73, R74, R76, R78"""
        settings.JOBS_CHUNK = 1
        heir = factories.RelationFactory()
        relations = [
            factories.DossierItemFactory(owner=owner).owner for owner in factories.RelationFactory.create_batch(3)
        ]
        mandate = factories.DirectDebitMandateFactory(relation=relations[2])
        pledge = factories.PledgeFactory(relation=relations[1])
        function = factories.FunctionAssignmentFactory(relation=relations[0], since="2020-01-01")
        answers = {"new_owner": heir.pk, "function_end_date": "2026-06-30"}

        job = confirmed(Act.ARCHIVE, relations, by=employee, answers=answers)

        for row in (mandate, pledge, function):
            row.refresh_from_db()
        assert counts(job) == (JobState.DONE, 3, 0, 0)
        assert DossierItem.objects.filter(owner=heir).count() == 3
        assert mandate.stopped_on
        assert pledge.is_archived
        assert function.until.isoformat() == "2026-06-30"

    def test_costs_the_same_number_of_statements_a_chunk(self, employee):
        counted = []
        for size in (3, 30):
            relations = [factories.NoteFactory().relation for _ in range(size)]
            relations += [factories.TimesheetLineFactory().relation for _ in range(size)]
            job, plan = shown(Act.ARCHIVE, relations, by=employee)
            with CaptureQueriesContext(connection) as queries:
                proposals.confirm(job, plan, GIVEN, by=employee)
            counted.append(len(queries))

        assert counted[0] == counted[1]


class TestWhatWasShownAsBlocked:
    def test_stays_out_even_when_it_was_solved_meanwhile(self, employee, by_workers, nobody_works):
        """B2"""
        line = factories.TimesheetLineFactory()
        free = factories.RelationFactory()
        job = confirmed(Act.ARCHIVE, [line.relation, free], by=employee)
        line.delete()

        running.run(job.pk)

        assert counts(job) == (JobState.DONE, 1, 1, 0)
        assert reason_of(job, line.relation) == "UNBILLED_TIME"
        assert not Relation.objects.get(pk=line.relation_id).is_archived

    def test_has_a_sentence_for_every_reason(self, employee):
        blocked = factories.TimesheetLineFactory().relation
        job = confirmed(Act.ARCHIVE, [blocked], by=employee)

        assert operations.reason_of(job, reason_of(job, blocked)) == "heeft uren die nog niet zijn gefactureerd"


class TestWhatCameUpAfterConfirming:
    @pytest.fixture
    def pair(self):
        return factories.RelationFactory.create_batch(2)

    def test_skips_that_relation_alone(self, employee, pair, by_workers, nobody_works):
        """R5, B4"""
        job = confirmed(Act.ARCHIVE, pair, by=employee)
        factories.TimesheetLineFactory(relation=pair[0])

        running.run(job.pk)

        assert counts(job) == (JobState.DONE, 1, 1, 0)
        assert reason_of(job, pair[0]) == "UNBILLED_TIME"

    def test_a_question_nobody_answered_skips_that_relation_alone(self, employee, pair, by_workers, nobody_works):
        """R75"""
        job = confirmed(Act.ARCHIVE, pair, by=employee)
        factories.InvoiceFactory(relation=pair[1])

        running.run(job.pk)

        assert counts(job) == (JobState.DONE, 1, 1, 0)
        assert reason_of(job, pair[1]) == "UNANSWERED"
        assert not Relation.objects.get(pk=pair[1].pk).is_archived

    def test_the_right_that_was_withdrawn_skips_all(self, employee, pair, by_workers, nobody_works):
        """B4"""
        job = confirmed(Act.ARCHIVE, pair, by=employee)
        employee.groups.clear()

        running.run(job.pk)

        assert counts(job) == (JobState.DONE, 0, 2, 0)
        assert set(job.items.values_list("reason", flat=True)) == {"NO_RIGHT"}
        assert not Relation.objects.archived().exists()

    def test_changes_nothing_at_all_in_a_small_set(self, employee, pair):
        """B2: between the page and the locks."""
        job, plan = shown(Act.ARCHIVE, pair, by=employee)
        factories.NoteFactory(relation=pair[0])

        with pytest.raises(Drifted):
            proposals.confirm(job, plan, GIVEN, by=employee)

        job.refresh_from_db()
        assert job.is_draft
        assert job.parameters == {}
        assert not Archival.objects.exists()

    def test_changes_nothing_when_another_page_of_the_set_was_opened(self, employee, pair, by_workers):
        """B2: what that page showed is what its items say now."""
        job, plan = shown(Act.ARCHIVE, pair, by=employee)
        factories.TimesheetLineFactory(relation=pair[0])
        previewing.preview(job, Act.ARCHIVE)

        with pytest.raises(Drifted):
            proposals.confirm(job, plan, GIVEN, by=employee)

        assert not Archival.objects.exists()


class TestConfirming:
    def test_is_refused_without_the_right(self, employee):
        job, plan = shown(Act.ARCHIVE, [factories.RelationFactory()], by=employee)
        employee.groups.clear()
        stripped = type(employee).objects.get(pk=employee.pk)

        with pytest.raises(PermissionDenied):
            proposals.confirm(job, plan, GIVEN, by=stripped)

        assert not Archival.objects.exists()

    def test_counts_the_draft_of_another_operation_anew(self, admin):
        relation = factories.RelationFactory()
        job, _plan = shown(Act.RESTORE, [relation], by=admin)

        plan = previewing.preview(job, Act.ARCHIVE)

        job.refresh_from_db()
        assert (job.operation, plan.can) == (Act.ARCHIVE, 1)
        assert job.items.get().state == ItemState.WAITING


class TestRestoringMany:
    @pytest.fixture
    def chain(self, admin):
        """Each the debtor of the one before, so that the last must come first."""
        last = factories.RelationFactory()
        middle = factories.RelationFactory(invoice_debtor=last)
        first = factories.RelationFactory(invoice_debtor=middle)
        for relation in (first, middle, last):
            archive(relation, by=admin)
        return first, middle, last

    @pytest.mark.parametrize("order", [1, -1])
    def test_brings_debtors_back_before_who_names_them(self, admin, chain, by_workers, settings, order):
        """R7: in chunks of one, whichever comes first."""
        settings.JOBS_CHUNK = settings.JOBS_CHUNK_MOST = 1
        if order < 0:
            swap_debtors(chain)

        job = confirmed(Act.RESTORE, chain, by=admin)

        assert counts(job) == (JobState.DONE, 3, 0, 0)
        assert not Relation.objects.archived().exists()

    def test_leaves_who_names_one_that_stays(self, admin, chain):
        """R7: and whoever names that one."""
        first, middle, _last = chain

        job = confirmed(Act.RESTORE, [first, middle], by=admin)

        assert counts(job) == (JobState.DONE, 0, 2, 0)
        assert {reason_of(job, first), reason_of(job, middle)} == {"DEBTOR_ARCHIVED"}

    def test_skips_those_whose_debtor_was_archived_since(self, admin, by_workers, nobody_works):
        """R7"""
        debtor = factories.RelationFactory()
        relation = factories.RelationFactory(invoice_debtor=debtor)
        archive(relation, by=admin)
        job = confirmed(Act.RESTORE, [relation], by=admin)
        archive(debtor, by=admin)

        running.run(job.pk)

        assert counts(job) == (JobState.DONE, 0, 1, 0)
        assert reason_of(job, relation) == "DEBTOR_ARCHIVED"


def swap_debtors(chain):
    """The first becomes the debtor at the end."""
    with transaction.atomic(), fences.lifted():
        first, middle, last = chain
        Relation.objects.filter(pk=last.pk).update(invoice_debtor=middle)
        Relation.objects.filter(pk=middle.pk).update(invoice_debtor=first)
        Relation.objects.filter(pk=first.pk).update(invoice_debtor=None)


class TestErasingMany:
    @pytest.fixture
    def several(self, admin):
        """Two that are anonymised, one that is deleted."""
        several = [factories.ClientActivityFactory().relation for _ in range(2)] + [factories.RelationFactory()]
        archive(*several, by=admin)
        return several

    @pytest.mark.parametrize("at_once", [0, 100])
    def test_keeps_the_counts_and_no_item(self, admin, several, settings, at_once):
        """R32, R80: of erased relations only the number is left."""
        settings.JOBS_AT_ONCE = at_once

        job = confirmed(Act.ERASE, several, by=admin, reason="request")

        assert counts(job) == (JobState.DONE, 3, 0, 0)
        assert job.preview["erased"] == {"delete": 1, "anonymise": 2}
        assert not JobItem.objects.exists()
        assert Erasure.objects.count() == 3

    def test_keeps_the_counts_over_chunks(self, admin, several, by_workers, settings):
        settings.JOBS_CHUNK = settings.JOBS_CHUNK_MOST = 1

        job = confirmed(Act.ERASE, several, by=admin, reason="request")

        assert counts(job) == (JobState.DONE, 3, 0, 0)
        assert job.preview["erased"] == {"delete": 1, "anonymise": 2}

    def test_keeps_every_file_when_so_chosen(self, admin, settings):
        """R28, R29"""
        item = factories.UploadedDossierItemFactory()
        archive(item.relation, by=admin)

        confirmed(Act.ERASE, [item.relation], by=admin, reason="request", keep_files="every")

        assert item.file.storage.exists(item.file.name)

    def test_takes_the_explanation_of_a_job_that_failed_in_part(self, admin, several):
        """R32"""
        other = factories.RelationFactory()
        job = confirmed(Act.ARCHIVE, [other], by=admin)
        type(job).objects.filter(pk=job.pk).update(parameters=GIVEN, failed=1)

        erase(other, by=admin)

        job.refresh_from_db()
        assert "note" not in job.parameters

    def test_takes_the_explanation_of_a_job_that_did_not_end(self, admin, by_workers, nobody_works):
        """R32: erased by itself while that job waits, which then goes on with the rest (B4)."""
        other, rest = factories.RelationFactory.create_batch(2)
        job = confirmed(Act.ARCHIVE, [other, rest], by=admin)
        archive(other, by=admin)

        erase(other, by=admin)

        job.refresh_from_db()
        assert job.parameters == {name: value for name, value in GIVEN.items() if name != "note"}
        running.run(job.pk)
        assert counts(job) == (JobState.DONE, 1, 1, 0)
        assert job.waiting == 0
        assert Archival.objects.get(root=rest).note == ""


class TestWhatWasTypedForASet:
    """R32: a property that was filled in for everybody of a job may be the telephone number of whoever is erased."""

    TYPED = {"changes": {"phone": {"how": "set", "value": "+31612345678"}}, "form": {"phone": "0612345678"}}

    @pytest.fixture
    def relation(self, admin):
        relation = factories.RelationFactory()
        archive(relation, by=admin)
        return relation

    def job_of(self, *relations, by, **fields):
        job = freezing.freeze(Relation.objects.filter(pk__in=[r.pk for r in relations]), by=by)
        Job.objects.filter(pk=job.pk).update(parameters=self.TYPED, **fields)
        return job

    def test_goes_from_a_set_for_which_somebody_still_chooses(self, admin, relation):
        draft = self.job_of(relation, by=admin, operation="change_properties")

        erase(relation, by=admin)

        draft.refresh_from_db()
        assert (draft.operation, draft.parameters, draft.preview) == ("", {}, {})

    def test_goes_from_a_job_that_was_about_nobody_else(self, admin, relation):
        ended = {"state": JobState.DONE, "confirmed_at": timezone.now(), "finished_at": timezone.now()}
        alone = self.job_of(relation, by=admin, operation="block_accounts", **ended)
        shared = self.job_of(relation, factories.RelationFactory(), by=admin, operation="block_accounts", **ended)

        erase(relation, by=admin)

        alone.refresh_from_db(), shared.refresh_from_db()
        assert (alone.parameters, shared.parameters) == ({}, self.TYPED)

    def test_takes_no_query_more_for_more_jobs(self, admin, relation, django_assert_num_queries):
        for _number in range(5):
            self.job_of(relation, factories.RelationFactory(), by=admin)

        with django_assert_num_queries(2):
            job_traces.forget([relation.pk])


class TestUndo:
    def test_brings_back_what_the_job_archived(self, admin):
        """R22"""
        relations = factories.RelationFactory.create_batch(3)
        job = confirmed(Act.ARCHIVE, relations, by=admin)

        restoring = undone(job, by=admin)

        assert (restoring.operation, restoring.undoes, counts(restoring)) == (
            Act.RESTORE,
            job,
            (JobState.DONE, 3, 0, 0),
        )
        assert not Relation.objects.archived().exists()

    def test_leaves_what_was_archived_again_since(self, admin):
        """B2: that act was never shown here."""
        again, once = factories.RelationFactory.create_batch(2)
        job = confirmed(Act.ARCHIVE, [again, once], by=admin)
        restore(again, by=admin)
        archive(again, by=admin)

        restoring = undone(job, by=admin)

        assert list(restoring.items.filter(reason="ARCHIVED_ANEW").values_list("target", flat=True)) == [again.pk]
        assert counts(restoring) == (JobState.DONE, 1, 1, 0)
        assert list(Relation.objects.archived()) == [again]

    def test_leaves_what_is_archived_again_before_it_gets_there(self, admin, by_workers, nobody_works):
        """B2: as above, between confirming and running."""
        again, once = factories.RelationFactory.create_batch(2)
        job = confirmed(Act.ARCHIVE, [again, once], by=admin)
        running.run(job.pk)
        restoring = undone(job, by=admin)
        restore(again, by=admin)
        archive(again, by=admin)

        running.run(restoring.pk)

        restoring.refresh_from_db()
        assert counts(restoring) == (JobState.DONE, 1, 1, 0)
        assert list(Relation.objects.archived()) == [again]

    def test_says_so_when_nothing_is_left_to_undo(self, admin):
        relation = factories.RelationFactory()
        job = confirmed(Act.ARCHIVE, [relation], by=admin)
        restore(relation, by=admin)

        with pytest.raises(Refusal, match="niets om ongedaan te maken"):
            undone(job, by=admin)

    def test_needs_the_right_to_restore(self, employee):
        """R3"""
        job = confirmed(Act.ARCHIVE, [factories.RelationFactory()], by=employee)

        with pytest.raises(PermissionDenied):
            undone(job, by=employee)

        assert Relation.objects.archived().exists()
