"""A client who left: former from the page of the relation (R101), and what is said to who wants to delete it (R102)."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from archiving.plans.erase import ANONYMISE, DELETE, plan_erase
from crm.jobs.models import Job
from relations.models import RelationStatus
from tests import factories
from tests.archiving.acting import archive

pytestmark = pytest.mark.django_db


@pytest.fixture
def relation():
    return factories.RelationFactory()


def address(name, relation):
    return reverse(f"relations:{name}", args=[relation.pk])


class TestFormer:
    def test_is_set_with_its_date_and_history_stays(self, as_employee, employee, relation):
        """R101"""
        note = factories.NoteFactory(relation=relation)

        answer = as_employee.post(address("relation_former", relation), {"since": "2026-11-01"})

        relation.refresh_from_db()
        assert answer.url == relation.get_absolute_url()
        assert (relation.status, relation.former_since) == (RelationStatus.FORMER, date(2026, 11, 1))
        assert relation.history.first().history_user == employee
        assert list(relation.notes.all()) == [note]

    def test_proposes_today(self, as_employee, relation):
        answer = as_employee.get(address("relation_former", relation))

        assert f'value="{timezone.localdate():%Y-%m-%d}"' in answer.content.decode()

    @pytest.mark.parametrize("since", ["", "32-13-2026", (timezone.localdate() + timedelta(days=900)).isoformat()])
    def test_says_what_is_wrong_with_the_date(self, as_employee, relation, since):
        answer = as_employee.post(address("relation_former", relation), {"since": since})

        relation.refresh_from_db()
        assert answer.status_code == 422
        assert relation.status == RelationStatus.CLIENT

    def test_keeps_the_date_of_who_is_former_already(self, as_employee):
        relation = factories.RelationFactory(status="former", former_since=date(2020, 1, 1))

        answer = as_employee.post(address("relation_former", relation), {"since": "2026-11-01"})

        relation.refresh_from_db()
        assert answer.status_code == 409
        assert relation.former_since == date(2020, 1, 1)

    def test_is_refused_for_an_archived_relation(self, as_employee, relation):
        archive(relation, by=factories.EmployeeFactory())

        assert as_employee.post(address("relation_former", relation), {"since": "2026-11-01"}).status_code == 409

    def test_stands_in_the_menu_of_a_relation_that_is_not_former(self, as_employee, relation):
        former = factories.RelationFactory(status="former", former_since=date(2020, 1, 1))

        pages = [as_employee.get(each.get_absolute_url()).content.decode() for each in (relation, former)]

        assert address("relation_former", relation) in pages[0]
        assert address("relation_former", former) not in pages[1]


class TestDeletingARelation:
    def test_comes_after_its_activities_are_deleted_or_moved(self, as_admin, relation):
        """R102"""
        factories.ClientActivityFactory.create_batch(2, relation=relation)

        shown = as_admin.get(address("relation_deletion", relation)).content.decode()

        assert "Onder deze relatie hangen 2 activiteiten" in shown
        assert address("relation_moving", relation) in shown

    def test_advises_to_keep_it_as_former(self, as_admin, relation):
        """R98, R101"""
        shown = as_admin.get(address("relation_deletion", relation)).content.decode()

        assert "Bewaren is meestal beter." in shown
        assert address("relation_former", relation) in shown

    def test_does_not_really_delete_while_it_has_activities(self, relation):
        """R102: what erasing does then is anonymise, until they are deleted or moved."""
        bare = factories.RelationFactory()
        factories.ClientActivityFactory(relation=relation)
        archive(relation, bare, by=factories.EmployeeFactory())

        modes = plan_erase([relation.pk, bare.pk]).modes

        assert modes == {relation.pk: ANONYMISE, bare.pk: DELETE}

    def test_moves_the_work_by_the_page_that_moves_it_for_many(self, as_employee, relation):
        """R102"""
        answer = as_employee.post(address("relation_moving", relation))

        job = Job.objects.get()
        assert answer.url == reverse("relations:bulk_moving", args=[job.pk])
        assert [item.target for item in job.items.all()] == [relation]


class TestTheBanner:
    def test_says_since_when_on_the_page_of_the_relation(self, as_employee):
        """R101"""
        former = factories.RelationFactory(status="former", former_since=date(2025, 12, 31))

        assert "Voormalig sinds 31 december 2025" in as_employee.get(former.get_absolute_url()).text
        assert "Voormalig sinds" not in as_employee.get(factories.RelationFactory().get_absolute_url()).text
