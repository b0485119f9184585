"""What is shown is what runs (B2)."""

import pytest
from django.core.exceptions import PermissionDenied

from crm.core.refusals import Refusal
from crm.jobs import confirming, freezing
from crm.jobs.models import ItemState, Job, JobState
from crm.jobs.operations import Result
from relations.models import Relation
from tests.factories import RelationFactory, RelationTagFactory
from tests.jobs.jobs import job_over, waiting_job

pytestmark = pytest.mark.django_db


class TestFreeze:
    def test_keeps_the_relations_of_that_moment(self, employee):
        shown = RelationFactory.create_batch(3)
        job = freezing.freeze(Relation.objects.all(), by=employee)
        RelationFactory()

        assert freezing.target_ids(job) == [relation.pk for relation in shown]
        assert job.total == 3

    @pytest.mark.parametrize("nothing", [Relation.objects.none, lambda: Relation.objects.filter(city="Nergens")])
    def test_refuses_an_empty_set(self, employee, nothing):
        with pytest.raises(Refusal) as refusal:
            freezing.freeze(nothing(), by=employee)

        assert refusal.value.status == 400
        assert not Job.objects.exists()

    def test_counts_a_relation_once_that_a_filter_finds_twice(self, employee):
        relation = RelationFactory()
        RelationTagFactory.create_batch(2, relation=relation)

        job = freezing.freeze(Relation.objects.filter(relation_tags__pk__gt=0), by=employee)

        assert job.total == 1

    def test_is_not_for_who_may_not_change_many(self, employee):
        employee.groups.clear()

        with pytest.raises(PermissionDenied):
            freezing.freeze(Relation.objects.all(), by=employee)

    def test_takes_as_many_queries_for_3_as_for_30(self, employee, django_assert_num_queries):
        for count in (3, 30):
            RelationFactory.create_batch(count)
            employee.has_perm("jobs.use_bulk")
            with django_assert_num_queries(5):  # two of them a savepoint
                freezing.freeze(Relation.objects.all(), by=employee)


class TestConfirm:
    def test_runs_a_small_job_at_once(self, employee, operation):
        operation()

        assert confirming.confirm(job_over(3, employee), by=employee).state == JobState.DONE

    def test_leaves_a_large_one_to_the_workers(self, employee, operation, settings, monkeypatch):
        settings.JOBS_AT_ONCE = 2
        sent = []
        monkeypatch.setattr(confirming.tasks.run_job, "apply_async", lambda **options: sent.append(options["kwargs"]))
        operation()

        job = confirming.confirm(job_over(3, employee), by=employee)

        assert (job.state, sent) == (JobState.QUEUED, [{"job_id": job.pk}])

    def test_calls_more_workers_for_a_very_large_one(self, employee, operation, settings, monkeypatch):
        settings.JOBS_AT_ONCE = settings.JOBS_CHUNK = 2
        sent = []
        monkeypatch.setattr(confirming.tasks.run_job, "apply_async", lambda **options: sent.append(options))
        operation()

        confirming.confirm(job_over(20, employee), by=employee)

        assert len(sent) == settings.JOBS_WORKERS == 2

    def test_survives_a_broker_that_cannot_be_reached(self, employee, operation, settings, monkeypatch):
        def unreachable(**_options):
            raise confirming.tasks.OperationalError

        settings.JOBS_AT_ONCE = 2
        monkeypatch.setattr(confirming.tasks.run_job, "apply_async", unreachable)
        operation()

        assert confirming.confirm(job_over(3, employee), by=employee).state == JobState.QUEUED

    def test_a_second_time_changes_nothing(self, employee, operation):
        done = []
        operation(lambda job, items: done.extend(items))
        job = job_over(3, employee)

        confirming.confirm(job, by=employee)
        again = confirming.confirm(job, by=employee)

        assert (again.state, len(done)) == (JobState.DONE, 3)

    def test_runs_only_what_the_preview_left_waiting(self, employee, operation):
        done = []
        operation(lambda job, items: done.extend(item.target_id for item in items))
        job = job_over(3, employee)
        first, second, third = freezing.target_ids(job)
        confirming.mark(job, ItemState.UNCHANGED, "", [first])
        confirming.mark(job, ItemState.SKIPPED, "ARCHIVED", [second])

        job = confirming.confirm(job, by=employee)

        assert (done, job.done, job.unchanged, job.skipped) == ([third], 1, 1, 1)

    def test_refuses_when_another_tab_chose_something_else(self, employee, operation):
        operation()
        job = job_over(3, employee)
        Job.objects.update(operation="other")

        with pytest.raises(Refusal):
            confirming.confirm(job, by=employee)

        assert Job.objects.get().is_draft

    def test_refuses_a_set_that_was_forgotten(self, employee, operation):
        operation()
        job = job_over(3, employee)
        job.items.all().delete()
        Job.objects.all().delete()

        with pytest.raises(Refusal):
            confirming.confirm(job, by=employee)

    def test_needs_the_right_of_the_operation(self, employee, operation):
        operation()
        job = job_over(3, employee)
        employee.groups.clear()
        employee = type(employee).objects.get(pk=employee.pk)

        with pytest.raises(PermissionDenied):
            confirming.confirm(job, by=employee)


class TestParameters:
    def test_go_when_nothing_is_left_to_try_again(self, employee, operation):
        operation()
        job = waiting_job(2, employee, parameters={"city": "Ede"})

        confirming.start(job)

        job.refresh_from_db()
        assert job.parameters == {}

    def test_stay_while_something_failed(self, employee, operation):
        operation(lambda job, items: {items[0].pk: Result(ItemState.FAILED, "ERROR")})
        job = waiting_job(2, employee, parameters={"city": "Ede"})

        confirming.start(job)

        job.refresh_from_db()
        assert job.parameters == {"city": "Ede"}
