"""Taking back a change of properties: what was not changed since goes back, the rest is told (B1)."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from crm.core.refusals import Refusal
from crm.jobs.models import Job, JobState
from relations.models import Relation
from tests.factories import AdminFactory, EmployeeFactory, RelationFactory, RelationTagFactory, TagFactory
from tests.jobs.jobs import undone
from tests.relations.bulk.sets import changed, outcomes, put

pytestmark = pytest.mark.django_db


def state():
    rows = Relation.objects.order_by("pk").values("pk", "city", "status", "former_since", "manager", "invoice_debtor")
    return [
        row | {"tags": sorted(Relation.objects.get(pk=row["pk"]).tags.values_list("pk", flat=True))} for row in rows
    ]


class TestUndo:
    def test_gives_back_every_value_and_tag(self, employee):
        gone, come = TagFactory(), TagFactory()
        debtor, *payers = RelationFactory.create_batch(4, city="Utrecht")
        RelationTagFactory(relation=payers[0], tag=gone), RelationTagFactory(relation=payers[1], tag=come)
        changes = {
            "city": put("Zeist"),
            "status": put("former"),
            "former_since": put("2026-01-01"),
            "manager": put(employee.pk),
            "invoice_debtor": put(debtor.pk),
            "tags": {"add": [come.pk], "remove": [gone.pk]},
        }
        before = state()
        job = changed(employee, changes)
        assert state() != before

        back = undone(job, by=employee)

        assert state() == before
        assert (back.undoes, back.state, back.done, back.total) == (
            job,
            JobState.DONE,
            3,
            3,
        )

    def test_skips_what_somebody_changed_since(self, employee):
        conflicting, other = RelationFactory(city="Utrecht"), RelationFactory(city="Utrecht")
        job = changed(employee, {"city": put("Zeist")})
        Relation.objects.filter(pk=conflicting.pk).update(city="Breda")

        back = undone(job, by=employee)

        assert [row["city"] for row in state()] == ["Breda", "Utrecht"]
        assert outcomes(back) == {conflicting.pk: ("skipped", "CHANGED_MEANWHILE"), other.pk: ("done", "")}

    def test_leaves_another_property_that_somebody_changed_since(self, employee):
        RelationFactory(city="Utrecht", phone="")
        job = changed(employee, {"city": put("Zeist"), "phone": put("", "set")})
        Relation.objects.update(phone="+31302345678")

        undone(job, by=employee)

        assert list(Relation.objects.values_list("city", "phone")) == [("Utrecht", "+31302345678")]

    def test_leaves_alone_what_the_job_left_alone(self, employee):
        RelationFactory(city="Zeist"), RelationFactory(city="Utrecht")

        back = undone(changed(employee, {"city": put("Zeist")}), by=employee)

        assert (back.total, [row["city"] for row in state()]) == (1, ["Zeist", "Utrecht"])

    def test_is_in_the_history(self, employee):
        relation = RelationFactory(city="Utrecht")

        undone(changed(employee, {"city": put("Zeist")}), by=employee)

        assert list(relation.history.values_list("city", flat=True)) == ["Utrecht", "Zeist", "Utrecht"]


class TestUndoIsRefused:
    @pytest.fixture
    def job(self, employee):
        RelationFactory(city="Utrecht")
        return changed(employee, {"city": put("Zeist")})

    def test_a_second_time(self, employee, job):
        undone(job, by=employee)

        with pytest.raises(Refusal):
            undone(job, by=employee)

    def test_after_the_days_of_the_setting(self, employee, job, settings):
        Job.objects.filter(pk=job.pk).update(
            finished_at=timezone.now() - timedelta(days=settings.JOBS_UNDO_DAYS, hours=1)
        )

        with pytest.raises(Refusal):
            undone(job, by=employee)

    def test_when_nothing_was_changed(self, employee):
        RelationFactory(city="Zeist")
        job = changed(employee, {"city": put("Zeist")})

        with pytest.raises(Refusal):
            undone(job, by=employee)

    def test_to_a_colleague_but_not_to_an_administrator(self, job):
        with pytest.raises(PermissionDenied):
            undone(job, by=EmployeeFactory())

        assert undone(job, by=AdminFactory()).done == 1

    def test_to_who_may_not_change_relations_any_more(self, job, employee):
        employee.groups.clear()

        with pytest.raises(PermissionDenied):
            undone(job, by=type(employee).objects.get(pk=employee.pk))
