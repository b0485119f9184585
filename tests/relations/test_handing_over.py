"""What an employee who leaves holds here goes to a colleague."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from crm.accounts import holdings
from relations.access import actions as access
from relations.agenda import feeds as calendar_feeds
from relations.handing_over import BECAUSE
from relations.models import Relation, RelationUserPermission
from tests.archiving.acting import archive
from tests.factories import (
    AdminFactory,
    AppointmentFactory,
    ClientActivityFactory,
    EmployeeFactory,
    RelationFactory,
    SavedFilterFactory,
    SelectionFactory,
    TaskFactory,
    TaskLinkFactory,
)

pytestmark = pytest.mark.django_db
NOW = timezone.now()
TOMORROW, YESTERDAY = NOW + timedelta(days=1), NOW - timedelta(days=1)


@pytest.fixture
def sanne(db):
    return EmployeeFactory(name="Sanne Bakker")


def appointment(employee, starts_at):
    return AppointmentFactory(employee=employee, starts_at=starts_at, ends_at=starts_at + timedelta(hours=1))


def held(employee):
    return {line.holding.key: line.count for line in holdings.held_by(employee) if line.count}


class TestWhatIsHeld:
    def test_is_what_is_open(self, employee):
        """R109"""
        TaskFactory(assignee=employee)
        RelationFactory(manager=employee)
        ClientActivityFactory(owner=employee)
        appointment(employee, TOMORROW)
        SavedFilterFactory(owner=employee, for_office=True)
        SelectionFactory(owner=employee, for_office=True)

        kinds = ["relations", "tasks", "activities", "appointments", "filters", "selections"]
        assert held(employee) == dict.fromkeys(kinds, 1)

    def test_is_not_what_is_done_past_or_private(self, employee):
        """R107: that is history, or theirs alone."""
        TaskFactory(assignee=employee, done_at=NOW)
        ClientActivityFactory(owner=employee, done_at=NOW)
        appointment(employee, YESTERDAY)
        SavedFilterFactory(owner=employee)
        SelectionFactory(owner=employee)

        assert held(employee) == {}

    def test_is_not_of_a_colleague(self, employee, sanne):
        TaskFactory(assignee=sanne)

        assert held(employee) == {}

    def test_is_counted_in_one_query(self, employee, django_assert_num_queries):
        with django_assert_num_queries(1):
            holdings.held_by(employee)


class TestHandingOver:
    def test_gives_all_of_it_to_the_colleague(self, employee, sanne, admin):
        """R109"""
        of_theirs = [
            (TaskFactory(assignee=employee), "assignee"),
            (RelationFactory(manager=employee), "manager"),
            (ClientActivityFactory(owner=employee), "owner"),
            (appointment(employee, TOMORROW), "employee"),
            (SavedFilterFactory(owner=employee, for_office=True), "owner"),
            (SelectionFactory(owner=employee, for_office=True), "owner"),
        ]

        counts = holdings.settle(employee, to=sanne, by=admin)

        assert sum(counts.values()) == len(of_theirs)
        for record, field in of_theirs:
            record.refresh_from_db()
            assert getattr(record, field) == sanne

    def test_writes_in_the_history_who_did_it(self, employee, sanne, admin):
        """R109"""
        relation = RelationFactory(manager=employee)

        holdings.settle(employee, to=sanne, by=admin)

        newest = relation.history.first()
        assert (newest.history_user, newest.manager) == (admin, sanne)

    def test_keeps_the_manager_of_an_archived_relation(self, employee, sanne, admin):
        """B12: nothing of it changes until it is restored."""
        relation = RelationFactory(manager=employee)
        archive(relation, by=AdminFactory())

        holdings.settle(employee, to=sanne, by=admin)

        relation.refresh_from_db()
        assert relation.manager == employee

    def test_gives_an_open_task_of_an_archived_relation(self, employee, sanne, admin):
        """R14: such a task stays visible, so somebody must do it."""
        link = TaskLinkFactory(task__assignee=employee)
        archive(link.relation, by=AdminFactory())

        holdings.settle(employee, to=sanne, by=admin)

        link.task.refresh_from_db()
        assert link.task.assignee == sanne

    def test_gives_access_to_restricted_relations(self, employee, sanne, admin):
        """R109: a restricted relation is never left that nobody sees."""
        hers_too, theirs = (RelationFactory(name=name) for name in ("Ook van Sanne", "Alleen van Marieke"))
        access.restrict(hers_too, employees=[employee, sanne], groups=[], by=admin)
        access.restrict(theirs, employees=[employee], groups=[], by=admin)

        counts = holdings.settle(employee, to=sanne, by=admin)

        assert counts == {"access": 2}
        assert Relation.objects.visible_to(sanne).count() == 2
        assert not Relation.objects.visible_to(employee).exists()
        kept = RelationUserPermission.history.filter(history_user=admin, history_change_reason=BECAUSE)
        assert sorted(kept.values_list("history_type", flat=True)) == ["-", "~"]

    def test_ends_the_calendar_address(self, employee, sanne, admin):
        """R109: it would work again as soon as the employee comes back."""
        calendar_feeds.make_feed(by=employee)

        counts = holdings.settle(employee, to=None, by=admin)

        assert counts == {"feed": 1}
        assert not employee.calendar_feeds.open().exists()

    def test_renames_a_filter_whose_name_the_colleague_has(self, employee, sanne, admin):
        SavedFilterFactory(owner=sanne, name="Prospects")
        theirs = SavedFilterFactory(owner=employee, name="Prospects", for_office=True)

        holdings.settle(employee, to=sanne, by=admin)

        theirs.refresh_from_db()
        assert (theirs.owner, theirs.name) == (sanne, f"Prospects ({theirs.pk})")

    def test_asks_the_database_as_often_for_thirty_as_for_three(self, sanne, admin):
        """R109: one statement a kind, not one a row."""
        assert self._queries(3, sanne, admin) == self._queries(30, sanne, admin)

    def _queries(self, rows, to, by):
        leaver = EmployeeFactory()
        for _n in range(rows):
            TaskFactory(assignee=leaver)
            RelationFactory(manager=leaver)
            ClientActivityFactory(owner=leaver)
            SavedFilterFactory(owner=leaver, for_office=True)
            access.restrict(RelationFactory(), employees=[leaver, to], groups=[], by=by)
            access.restrict(RelationFactory(), employees=[leaver], groups=[], by=by)
        with CaptureQueriesContext(connection) as queries:
            holdings.settle(leaver, to=to, by=by)
        return len(queries)
