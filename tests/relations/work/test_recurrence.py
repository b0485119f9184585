"""Tasks that repeat: the next one is made when one is finished, exactly once."""

from datetime import date
from threading import Thread

import pytest
from django.db import connection
from django.db.utils import IntegrityError
from django.urls import reverse

from crm.core.refusals import Refusal
from relations.models import Rhythm, Task, TaskLink
from relations.work import actions as tasks
from relations.work.recurrence import day_of
from tests.archiving.acting import archive
from tests.factories import EmployeeFactory, RelationFactory, TaskFactory, TaskLinkFactory

DAY = date(2026, 1, 31)


def repeating(by, relation=None, **fields):
    task = Task(subject="Btw-aangifte", due_on=DAY, **{"rhythm": Rhythm.MONTH, "assignee": by} | fields)
    return tasks.add_task(task, relation=relation or RelationFactory(), by=by)


def finish(client, task):
    return client.post(reverse("relations:task_finishing", args=[task.pk]))


class TestDays:
    @pytest.mark.parametrize(
        ("rhythm", "days"),
        [
            ("week", [date(2026, 2, 7), date(2026, 2, 14)]),
            ("month", [date(2026, 2, 28), date(2026, 3, 31)]),  # not the 28th from then on
            ("quarter", [date(2026, 4, 30), date(2026, 7, 31)]),
            ("year", [date(2027, 1, 31), date(2028, 1, 31)]),
        ],
    )
    def test_are_counted_from_the_start_of_the_series(self, rhythm, days):
        assert [day_of(DAY, rhythm, turn) for turn in (1, 2)] == days

    def test_know_leap_years(self):
        assert day_of(date(2024, 2, 29), "year", 1) == date(2025, 2, 28)
        assert day_of(date(2024, 2, 29), "year", 4) == date(2028, 2, 29)


@pytest.mark.django_db
class TestFinishing:
    def test_makes_the_next_one_with_all_that_belongs_to_it(self, as_employee, employee):
        task = repeating(employee, checklist=[{"key": 1, "text": "Aansluiten", "done": True}])
        second = RelationFactory()
        tasks.link_task(task, relation=second, by=employee)

        answer = as_employee.post(reverse("relations:task_finishing", args=[task.pk]), follow=True)

        following = Task.objects.get(done_at=None)
        assert "28-02-2026" in answer.content.decode()
        assert (following.due_on, following.turn, following.rhythm) == (date(2026, 2, 28), 1, "month")
        assert following.checklist == [{"key": 1, "text": "Aansluiten", "done": False}]
        assert set(following.relations.all()) == set(task.relations.all())
        assert following.assignee == employee
        assert TaskLink.history.filter(task_id=following.pk, history_type="+").count() == 2

    def test_twice_makes_one(self, as_employee, employee):
        task = repeating(employee)

        answers = [finish(as_employee, task).status_code for _ in range(2)]

        assert answers == [302, 409]
        assert Task.objects.filter(done_at=None).count() == 1

    def test_again_after_reopening_makes_no_other(self, as_employee, employee):
        task = repeating(employee)
        finish(as_employee, task)
        as_employee.post(reverse("relations:task_reopening", args=[task.pk]))

        finish(as_employee, task)

        assert sorted(Task.objects.values_list("turn", flat=True)) == [0, 1]

    def test_goes_on_from_the_next_one(self, as_employee, employee):
        finish(as_employee, repeating(employee))

        finish(as_employee, Task.objects.get(done_at=None))

        assert Task.objects.get(done_at=None).due_on == date(2026, 3, 31)

    def test_ends_where_the_series_ends(self, as_employee, employee):
        task = repeating(employee, repeats_until=date(2026, 2, 27))

        finish(as_employee, task)

        assert Task.objects.count() == 1

    def test_leaves_archived_relations_out(self, as_employee, employee):
        """R14, 1F: no new tasks of an archived relation"""
        task = repeating(employee)
        still_active = RelationFactory()
        tasks.link_task(task, relation=still_active, by=employee)
        archive(task.relations.exclude(pk=still_active.pk).get(), by=employee)

        finish(as_employee, task)

        assert list(Task.objects.get(done_at=None).relations.all()) == [still_active]

    def test_makes_none_when_every_relation_is_archived(self, as_employee, employee):
        """R14"""
        task = repeating(employee)
        archive(task.relations.get(), by=employee)

        finish(as_employee, task)

        assert Task.objects.get().done_at

    def test_assigns_nothing_to_who_left(self, as_employee, employee):
        task = repeating(employee, assignee=EmployeeFactory(is_active=False))

        finish(as_employee, task)

        assert Task.objects.get(done_at=None).assignee is None

    def test_of_a_task_that_does_not_repeat_makes_none(self, as_employee):
        finish(as_employee, TaskLinkFactory().task)

        assert Task.objects.count() == 1


@pytest.mark.django_db
class TestTheForm:
    def fields(self, **changed):
        relation = RelationFactory()
        return {"relation": relation.number, "subject": "Loonaangifte", "due_on": "2026-01-31"} | changed

    def test_begins_a_series(self, as_employee):
        as_employee.post("/taken/nieuw/", self.fields(rhythm="month"))

        task = Task.objects.get()
        assert (task.series_start, task.turn) == (DAY, 0)
        assert task.series

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"rhythm": "month", "due_on": ""}, "due_on"),
            ({"rhythm": "dagelijks"}, "rhythm"),
            ({"repeats_until": "2026-12-31"}, "repeats_until"),
            ({"rhythm": "month", "repeats_until": "2025-12-31"}, "repeats_until"),
            ({"rhythm": "month", "due_on": "9999-01-01"}, "due_on"),
        ],
    )
    def test_says_what_is_wrong(self, as_employee, wrong, field):
        answer = as_employee.post("/taken/nieuw/", self.fields(**wrong))

        assert answer.status_code == 422
        assert field in answer.context["form"].errors
        assert not Task.objects.exists()

    def test_moves_one_task_and_not_the_next(self, as_employee, employee):
        task = repeating(employee)
        tasks.change_task(self._changed(task, due_on=date(2026, 2, 5)), by=employee)

        finish(as_employee, task)

        assert Task.objects.get(done_at=None).due_on == date(2026, 2, 28)

    def test_begins_another_series_with_another_rhythm(self, employee):
        task = repeating(employee)
        before = task.series

        changed = tasks.change_task(self._changed(task, due_on=date(2026, 2, 5), rhythm="year"), by=employee)

        assert changed.series != before
        assert changed.series_start == date(2026, 2, 5)

    def _changed(self, task, **fields):
        fresh = Task.objects.get(pk=task.pk)
        for name, value in fields.items():
            setattr(fresh, name, value)
        return fresh


@pytest.mark.django_db
class TestTheDatabase:
    def test_holds_one_task_a_turn(self, employee):
        task = repeating(employee)

        with pytest.raises(IntegrityError):
            TaskFactory(series=task.series, turn=task.turn)

    def test_holds_no_repeating_task_without_a_day(self):
        with pytest.raises(IntegrityError):
            TaskFactory(rhythm="month", due_on=None)


@pytest.mark.django_db(transaction=True)
class TestARace:
    def test_of_two_who_finish_makes_one(self):
        by = EmployeeFactory()
        task = repeating(by)
        refused = []

        def finish_it():
            try:
                tasks.finish_task(Task.objects.get(pk=task.pk), by=by)
            except Refusal as refusal:
                refused.append(refusal)
            finally:
                connection.close()

        threads = [Thread(target=finish_it) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert len(refused) == 3
        assert Task.objects.filter(done_at=None).count() == 1
