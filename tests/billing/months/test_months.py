"""Locked months: nothing is written in them, by no page and by nobody else; and the overview of months."""

from datetime import date
from decimal import Decimal
from threading import Thread

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from billing.hours import actions as timesheet_lines
from billing.models import MonthLock, TimesheetLine
from billing.months import actions as month_actions
from crm.core.refusals import Refusal
from tests.archiving.acting import archive, erase
from tests.factories import (
    AdminFactory,
    EmployeeFactory,
    InvoiceLineFactory,
    MonthLockFactory,
    RelationFactory,
    TimesheetLineFactory,
)

pytestmark = pytest.mark.django_db
IN_MARCH, IN_APRIL = date(2026, 3, 4), date(2026, 4, 1)
MARCH = date(2026, 3, 1)
LIST, LOCK = "/urenstaat/maanden/", "/urenstaat/maanden/afsluiting/"


@pytest.fixture
def line(employee):
    return TimesheetLineFactory(employee=employee, worked_on=IN_MARCH)


@pytest.fixture
def lock(line):
    return MonthLockFactory(month=MARCH)


def refused(change):
    with pytest.raises(DatabaseError) as error, transaction.atomic():
        change()
    return error.value.__cause__.sqlstate == "BL001"


class TestTheDatabase:
    """Whoever asks: form, task, import, shell."""

    def test_refuses_new_hours(self, lock):
        assert refused(lambda: TimesheetLineFactory(worked_on=IN_MARCH))

    @pytest.mark.parametrize(
        "change", [{"hours": 3}, {"rate": 1}, {"worked_on": IN_APRIL}, {"description": "x"}, {"service": "vat"}]
    )
    def test_refuses_other_hours(self, lock, line, change):
        assert refused(lambda: TimesheetLine.objects.filter(pk=line.pk).update(**change))

    def test_refuses_hours_that_move_into_it(self, lock):
        later = TimesheetLineFactory(worked_on=IN_APRIL)

        assert refused(lambda: TimesheetLine.objects.filter(pk=later.pk).update(worked_on=IN_MARCH))

    def test_refuses_that_hours_go(self, lock, line):
        assert refused(line.delete)

    def test_lets_hours_be_invoiced(self, lock, line):
        billed = InvoiceLineFactory(invoice__relation=line.relation)

        TimesheetLine.objects.filter(pk=line.pk).update(invoice_line=billed)

        assert TimesheetLine.objects.get(invoice_line=billed).hours == 2

    def test_lets_hours_be_written_off(self, lock, line):
        """Else what nobody pays for would keep its relation from the archive for good (R5)."""
        TimesheetLine.objects.filter(pk=line.pk).update(billable=False)

        assert TimesheetLine.objects.get().hours == 2

    def test_lets_texts_be_erased(self, lock, line, employee):
        """R31, R33, R35: the figures stay"""
        TimesheetLine.objects.update(billable=False)
        archive(line.relation, by=employee)

        erase(line.relation, by=AdminFactory())

        kept = TimesheetLine.objects.get()
        assert (kept.description, kept.hours) == ("", 2)

    def test_lets_other_months_be(self, lock):
        assert TimesheetLineFactory(worked_on=IN_APRIL).pk

    def test_lets_hours_be_written_when_it_is_opened(self, lock, line):
        month_actions.open_month(lock, by=AdminFactory())

        TimesheetLine.objects.filter(pk=line.pk).update(hours=3)

        assert TimesheetLine.objects.get().hours == 3


class TestPages:
    def test_of_the_week_show_it_and_let_nothing_be_typed(self, as_employee, lock):
        page = as_employee.get("/urenstaat/?week=2026-W10")

        (form,) = page.context["grid"].forms
        assert not form.fields
        assert not page.context["grid"].new[0].days

    def test_of_a_week_over_two_months_leave_the_open_days(self, as_employee, lock):
        days = as_employee.get("/urenstaat/?week=2026-W14").context["grid"].new[0].days

        assert [day.isoformat() for day in days] == [f"2026-04-0{day}" for day in range(1, 6)]

    def test_refuse_the_week_that_was_open_before_the_month_was_locked(self, as_employee, line):
        page = as_employee.get("/urenstaat/?week=2026-W10").context
        (form,) = page["grid"].forms
        MonthLockFactory(month=MARCH)
        sent = {"row": str(form.row.key), form.add_prefix("2026-03-04"): "9", "expected": page["expected"]}

        answer = as_employee.post("/urenstaat/?week=2026-W10", sent)

        assert answer.status_code == 422
        assert "afgesloten" in answer.context["problems"][0]
        assert TimesheetLine.objects.get().hours == 2

    def test_of_one_line_say_what_to_do(self, as_employee, lock, line):
        answer = as_employee.post(reverse("billing:timesheet_line_removal", args=[line.pk]))

        assert answer.status_code == 409
        assert "Vraag een beheerder" in answer.content.decode()

    def test_refuse_a_line_in_it(self, as_employee, employee, lock):
        relation = RelationFactory()
        fields = {"relation": relation.number, "worked_on": "2026-03-05", "hours": "1", "rate": "1", "service": "vat"}

        answer = as_employee.post(reverse("billing:timesheet"), fields)

        assert answer.status_code == 409
        assert TimesheetLine.objects.count() == 1


class TestTheMonths:
    @pytest.fixture(autouse=True)
    def in_april(self):
        with time_machine.travel("2026-04-10 12:00+02:00"):
            yield

    def test_show_what_was_written_and_what_is_not_invoiced(self, as_employee):
        TimesheetLineFactory(worked_on=IN_MARCH, hours="2.50")
        TimesheetLineFactory(worked_on=IN_MARCH, billed=True)

        april, march, *_rest = as_employee.get(LIST).context["months"]

        assert (april.hours, april.has_ended) == (0, False)
        assert (march.hours, march.unbilled) == (Decimal("4.5"), Decimal("2.5"))

    def test_are_locked_and_opened_by_an_administrator(self, as_admin, admin):
        as_admin.post(LOCK, {"maand": "2026-03"})
        lock = MonthLock.objects.get()
        as_admin.post(reverse("billing:month_opening", args=[lock.pk]))

        lock.refresh_from_db()
        assert (lock.month, lock.by, lock.lifted_by) == (MARCH, admin, admin)

    def test_are_locked_once_and_opened_once(self, as_admin):
        locking = [as_admin.post(LOCK, {"maand": "2026-03"}).status_code for _ in range(2)]
        url = reverse("billing:month_opening", args=[MonthLock.objects.get().pk])
        opening = [as_admin.post(url).status_code for _ in range(2)]

        assert locking == opening == [302, 409]

    @pytest.mark.parametrize(("month", "status"), [("2026-04", 422), ("2027-01", 422), ("", 400), ("2026-13", 400)])
    def test_are_not_locked_before_they_end(self, as_admin, month, status):
        assert as_admin.post(LOCK, {"maand": month}).status_code == status
        assert not MonthLock.objects.exists()

    def test_are_for_everybody_to_see_and_for_administrators_to_lock(self, as_employee):
        assert LOCK not in as_employee.get(LIST).content.decode()
        assert as_employee.post(LOCK, {"maand": "2026-03"}).status_code == 403

    def test_take_as_many_queries_for_many(self, as_employee):
        counts = []
        for size in (3, 30):
            TimesheetLineFactory.create_batch(size, worked_on=IN_MARCH)
            with CaptureQueriesContext(connection) as queries:
                as_employee.get(LIST)
            counts.append(len(queries))

        assert counts[0] == counts[1]


@pytest.mark.django_db(transaction=True)
class TestARace:
    @time_machine.travel("2026-04-10 12:00+02:00", tick=True)
    def test_between_locking_and_writing_has_one_winner(self):
        """Locking waits for whoever is writing, and whoever comes after it is refused."""
        employee, admin, relation = EmployeeFactory(), AdminFactory(), RelationFactory()
        outcomes = []

        def write():
            new = TimesheetLine(employee=employee, relation=relation, worked_on=IN_MARCH, hours=1, rate=1)
            try:
                timesheet_lines.save_line(new, by=employee)
                outcomes.append("written")
            except (DatabaseError, Refusal):
                outcomes.append("refused")
            finally:
                connection.close()

        with transaction.atomic():
            month_actions.lock_month(MARCH, by=admin)
            thread = Thread(target=write)
            thread.start()
            thread.join(timeout=0.5)
            waited = thread.is_alive()
        thread.join()

        assert waited
        assert outcomes == ["refused"]
