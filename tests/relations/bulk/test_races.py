"""Changing properties while others are at work, with real threads and real transactions."""

import pytest
from django.db import OperationalError

from archiving.acts.archiving import archive
from archiving.acts.erasing import erase
from crm.jobs import confirming, undoing
from crm.jobs.models import JobItem, JobState
from relations.models import Relation
from tests.archiving.acts.test_races import behind, together
from tests.factories import AdminFactory, EmployeeFactory, RelationFactory, TagFactory
from tests.relations.bulk.sets import changed, previewed, put

pytestmark = pytest.mark.django_db(transaction=True)


def patiently(act):
    """As a person does who is told that somebody else was at it, and tries again."""
    for _ in range(5):
        try:
            return act()
        except OperationalError:
            continue
    return act()


@pytest.fixture
def employee():
    return EmployeeFactory()


class TestTwoJobsOnOverlappingSets:
    def test_each_change_one_relation_once(self, employee):
        """The one that comes second finds the relation changed and tells so; none is changed twice."""
        tag = TagFactory()
        relations = RelationFactory.create_batch(40, city="Utrecht")
        first = Relation.objects.filter(pk__in=[r.pk for r in relations[:30]])
        second = Relation.objects.filter(pk__in=[r.pk for r in relations[10:]])
        tags = {"add": [tag.pk], "remove": []}
        jobs = [
            previewed(employee, {"city": put("Zeist"), "tags": tags}, first),
            previewed(employee, {"city": put("Breda"), "tags": tags}, second),
        ]

        one, two = together(*(lambda job=job: confirming.confirm(job, by=employee) for job in jobs))

        assert (one.state, two.state) == (JobState.DONE, JobState.DONE)
        assert (one.done + two.done, one.skipped + two.skipped) == (40, 20)
        assert (one.failed, two.failed) == (0, 0)
        assert tag.relation_tags.count() == 40
        assert {relation.history.count() for relation in relations} == {2}
        assert Relation.objects.filter(city="Zeist").count() == one.done


class TestTheSameJobConfirmedTwice:
    def test_runs_once(self, employee):
        relations = RelationFactory.create_batch(20, city="Utrecht")
        job = previewed(employee, {"city": put("Zeist")})

        together(*[lambda: confirming.confirm(job, by=employee)] * 3)

        job.refresh_from_db()
        assert (job.state, job.done) == (JobState.DONE, 20)
        assert {relation.history.count() for relation in relations} == {2}


class TestArchivingMeanwhile:
    def test_leaves_every_relation_changed_or_archived_first(self, employee):
        admin = AdminFactory()
        relations = RelationFactory.create_batch(20, city="Utrecht")
        job = previewed(employee, {"city": put("Zeist")})
        pks = [relation.pk for relation in relations[5:15]]

        done, _archived = together(
            lambda: confirming.confirm(job, by=employee), lambda: archive(pks, by=admin, reason="other")
        )

        assert (done.state, done.failed, done.done + done.skipped) == (JobState.DONE, 0, 20)
        skipped = set(job.items.filter(state="skipped").values_list("target", flat=True))
        assert skipped <= set(pks)
        assert set(Relation.objects.filter(city="Utrecht").values_list("pk", flat=True)) == skipped


class TestUndoingWhileErasing:
    @pytest.fixture
    def archived(self, employee):
        """(job that changed them, keys of those that are archived since)"""
        relations = RelationFactory.create_batch(6, city="Geheimdorp")
        job = changed(employee, {"city": put("Zeist")})
        pks = [relation.pk for relation in relations]
        archive(pks, by=AdminFactory(), reason="other")
        return job, pks

    def test_leaves_nothing_when_the_eraser_comes_first(self, employee, archived):
        job, pks = archived
        admin = AdminFactory()

        [found] = behind(
            lambda: erase(pks, by=admin, reason="request", answers={"retention": True}),
            lambda: undoing.propose(job, by=employee),
        )

        assert not JobItem.objects.exists(), found

    def test_leaves_nothing_when_undoing_comes_first(self, employee, archived):
        job, pks = archived
        admin = AdminFactory()

        [erased] = behind(
            lambda: undoing.propose(job, by=employee),
            lambda: erase(pks, by=admin, reason="request", answers={"retention": True}),
        )

        assert len(erased.done) == 6
        assert not JobItem.objects.exists()

    def test_leaves_nothing_whoever_comes_first(self, employee, archived):
        job, pks = archived
        admin = AdminFactory()

        _undone, erased = together(
            lambda: undoing.propose(job, by=employee),
            lambda: patiently(lambda: erase(pks, by=admin, reason="request", answers={"retention": True})),
        )

        assert len(erased.done) == 6
        assert not JobItem.objects.exists()
