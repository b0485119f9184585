"""A job takes in nothing its maker may not see, not when it is frozen and not when it runs (B2)."""

import pytest
from guardian.shortcuts import assign_perm

from crm.core.refusals import Refusal
from crm.jobs import freezing, running
from crm.jobs.models import Job, JobState
from relations.access import actions as access
from relations.models import Relation
from tests.factories import AdminFactory, RelationFactory
from tests.jobs.jobs import job_over, waiting_job

pytestmark = pytest.mark.django_db


def restrict(relation):
    other = AdminFactory()
    access.restrict(relation, employees=[other], groups=[], by=other)


class TestFreezing:
    def test_leaves_out_what_is_withheld(self, employee):
        shown = RelationFactory()
        RelationFactory(restricted=True)

        job = freezing.freeze(Relation.objects.all(), by=employee)

        assert freezing.target_ids(job) == [shown.pk]

    def test_takes_in_what_access_was_given_to(self, employee):
        relation = RelationFactory(restricted=True)
        assign_perm("view_relation", employee, relation)

        assert freezing.freeze(Relation.objects.all(), by=employee).total == 1

    def test_of_nothing_but_withheld_is_of_nothing(self, employee):
        RelationFactory(restricted=True)

        with pytest.raises(Refusal):
            freezing.freeze(Relation.objects.all(), by=employee)


class TestRunning:
    def test_skips_what_was_restricted_since(self, employee, operation):
        seen = []
        operation(lambda job, items: seen.extend(item.target_id for item in items))
        job = waiting_job(3, employee)
        withheld = job.items.order_by("target_id")[1]
        restrict(withheld.target)

        running.run(job.pk)

        job.refresh_from_db()
        withheld.refresh_from_db()
        assert (job.state, job.done, job.skipped) == (JobState.DONE, 2, 1)
        assert (withheld.state, withheld.reason) == ("skipped", "RESTRICTED")
        assert len(seen) == 2
        assert withheld.target_id not in seen

    def test_works_on_what_was_restricted_to_its_maker(self, admin, operation):
        operation()
        job = waiting_job(1, admin)
        access.restrict(job.items.get().target, employees=[admin], groups=[], by=admin)

        running.run(job.pk)

        assert Job.objects.get(pk=job.pk).done == 1


class TestPages:
    def test_tell_of_a_set_with_something_withheld_that_it_must_be_chosen_anew(self, as_employee, employee):
        job = job_over(2, employee, operation="")
        restrict(job.items.first().target)

        answer = as_employee.get(f"/bulkbewerking/{job.pk}/")

        assert answer.status_code == 409
        assert "intussen afgeschermd" in answer.content.decode()

    def test_name_it_to_nobody_without_access(self, as_admin, employee, operation):
        operation()
        job = waiting_job(2, employee)
        withheld = job.items.first().target
        restrict(withheld)
        running.run(job.pk)

        shown = as_admin.get(f"/beheer/opdrachten/{job.pk}/?outcome=skipped").content.decode()
        csv = b"".join(as_admin.get(f"/beheer/opdrachten/{job.pk}/uitkomsten.csv").streaming_content).decode()

        for text in (shown, csv):
            assert "Afgeschermde relatie" in text
            assert withheld.name not in text
            assert withheld.number not in text
