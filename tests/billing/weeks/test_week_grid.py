"""The timesheet of a week as a grid: all of it saved at once, or nothing."""

from datetime import date
from decimal import Decimal
from threading import Thread

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from billing.models import TimesheetLine
from billing.weeks import actions as week_actions
from billing.weeks.weeks import RowKey, week_of_employee
from crm.core.periods import week_of
from tests.archiving.acting import archive
from tests.factories import EmployeeFactory, MonthLockFactory, RelationFactory, TimesheetLineFactory

pytestmark = pytest.mark.django_db
URL = "/urenstaat/?week=2026-W10"
MONDAY, TUESDAY = date(2026, 3, 2), date(2026, 3, 3)


def opened(client, url=URL):
    return client.get(url).context


def fields_of(grid):
    """What the browser would send back of the page as it is."""
    sent = {"row": [str(form.row.key) for form in grid.forms if form.fields]}
    for form in [*grid.forms, *grid.new]:
        for name in form.fields:
            value = form[name].value()
            sent[form.add_prefix(name)] = "" if value is None else str(value)
    return {name: value for name, value in sent.items() if value != "False"}


def send(client, context, **changed):
    return client.post(URL, {**fields_of(context["grid"]), "expected": context["expected"], **changed})


def cell(line, day=MONDAY):
    return f"r{RowKey.of(line)}-{day.isoformat()}"


def new_row(whose, hours="1,5", day=MONDAY, number=0, **fields):
    answers = {"relation": whose.number, "service": "vat", "rate": "95,00", "billable": "on", day.isoformat(): hours}
    return {f"n{number}-{name}": value for name, value in (answers | fields).items()}


def hours():
    return sorted(TimesheetLine.objects.values_list("worked_on__day", "hours"))


@pytest.fixture
def line(employee):
    return TimesheetLineFactory(
        employee=employee, relation=RelationFactory(number="10482"), worked_on=MONDAY, service="vat"
    )


class TestSaving:
    def test_adds_changes_and_removes_in_one_go(self, as_employee, employee, line):
        gone = TimesheetLineFactory(employee=employee, worked_on=TUESDAY)
        page = opened(as_employee)
        changes = {cell(line): "3", cell(line, TUESDAY): "0,25", cell(gone, TUESDAY): ""}

        send(as_employee, page, **changes, **new_row(RelationFactory()))

        assert hours() == [(2, Decimal("1.5")), (2, Decimal(3)), (3, Decimal("0.25"))]
        assert not TimesheetLine.objects.filter(pk=gone.pk).exists()

    def test_keeps_rate_service_and_description_of_the_row(self, as_employee, line):
        send(as_employee, opened(as_employee), **{cell(line): "3", cell(line, TUESDAY): "1"})

        first, second = TimesheetLine.objects.order_by("worked_on")
        assert (first.pk, first.description) == (line.pk, line.description)
        assert (second.rate, second.service, second.billable) == (line.rate, "vat", True)

    def test_writes_history_of_all_of_it(self, as_employee, employee, line):
        send(as_employee, opened(as_employee), **{cell(line): "", cell(line, TUESDAY): "1"})

        rows = TimesheetLine.history.filter(history_user=employee).values_list("history_type", flat=True)
        assert sorted(rows) == ["+", "-"]

    def test_of_an_unchanged_page_changes_nothing(self, as_employee, line):
        before = TimesheetLine.history.count()

        send(as_employee, opened(as_employee))

        assert TimesheetLine.history.count() == before

    @pytest.mark.parametrize("text", ["veel", "-1", "25", "1,255", "1e5", "NaN"])
    def test_saves_nothing_when_one_cell_is_wrong(self, as_employee, line, text):
        changes = {cell(line): "3", cell(line, TUESDAY): text}

        answer = send(as_employee, opened(as_employee), **changes)

        assert answer.status_code == 422
        assert hours() == [(2, Decimal(2))]
        assert any("dinsdag 3 maart" in problem for problem in answer.context["problems"])
        assert f'value="{text}"' in answer.content.decode()

    def test_refuses_a_day_of_more_than_24_hours(self, as_employee, line):
        answer = send(as_employee, opened(as_employee), **{cell(line): "13"}, **new_row(RelationFactory(), "12"))

        assert answer.status_code == 422
        assert "25 uur" in answer.context["problems"][0]
        assert hours() == [(2, Decimal(2))]

    @pytest.mark.parametrize(
        "wrong", [{"relation": "bestaat niet"}, {"service": "x"}, {"rate": "gratis"}, {MONDAY.isoformat(): ""}]
    )
    def test_says_what_is_wrong_with_a_new_row(self, as_employee, wrong):
        answer = send(as_employee, opened(as_employee), **new_row(RelationFactory(), **wrong))

        assert answer.status_code == 422
        assert not TimesheetLine.objects.exists()

    def test_sends_a_new_row_to_the_row_that_has_the_hours_already(self, as_employee, line):
        answer = send(as_employee, opened(as_employee), **new_row(line.relation))

        assert answer.status_code == 422
        assert hours() == [(2, Decimal(2))]

    def test_takes_as_many_statements_for_many(self, as_employee, employee):
        reading, writing = [], []
        for size in (3, 30):
            lines = TimesheetLineFactory.create_batch(size, employee=employee, worked_on=MONDAY, hours="0.25")
            with CaptureQueriesContext(connection) as queries:
                page = opened(as_employee)
            reading.append(len(queries))
            changes = {cell(each): "0,5" for each in lines} | {cell(each, TUESDAY): "0,25" for each in lines}
            with CaptureQueriesContext(connection) as queries:
                assert send(as_employee, page, **changes).status_code == 302
            writing.append(len(queries))

        assert reading[0] == reading[1]
        assert writing[0] == writing[1]


class TestTwoWindows:
    def test_that_save_the_same_do_not_double_hours(self, as_employee):
        relation = RelationFactory()
        first, second = opened(as_employee), opened(as_employee)
        send(as_employee, first, **new_row(relation))

        answer = send(as_employee, second, **new_row(relation))

        assert answer.status_code == 302
        assert hours() == [(2, Decimal("1.5"))]

    def test_leave_alone_what_only_the_other_showed(self, as_employee):
        first, second = opened(as_employee), opened(as_employee)
        send(as_employee, first, **new_row(RelationFactory()))

        answer = send(as_employee, second, **new_row(RelationFactory(), "2"))
        unchanged = hours()
        send(as_employee, answer.context)

        assert answer.status_code == 409
        assert unchanged == [(2, Decimal("1.5"))]
        assert hours() == [(2, Decimal("1.5")), (2, Decimal(2))]

    def test_that_save_different_hours_are_told_and_nothing_is_lost(self, as_employee, line):
        first, second = opened(as_employee), opened(as_employee)
        send(as_employee, first, **{cell(line): "3"})

        answer = send(as_employee, second, **{cell(line): "4"})
        again = send(as_employee, answer.context)

        assert answer.status_code == 409
        assert "nu 3" in answer.content.decode()
        assert again.status_code == 302
        assert hours() == [(2, Decimal(4))]

    def test_cannot_take_hours_off_an_invoice(self, as_employee, line):
        page = opened(as_employee)
        billed = TimesheetLineFactory(relation=line.relation, billed=True).invoice_line
        TimesheetLine.objects.filter(pk=line.pk).update(invoice_line=billed)

        answer = send(as_employee, page, **{cell(line): "4"})

        assert answer.status_code in (409, 422)
        assert TimesheetLine.objects.get(pk=line.pk).hours == 2


class TestCells:
    def test_of_invoiced_hours_are_shown_and_not_typed_in(self, as_employee, employee):
        TimesheetLineFactory(employee=employee, worked_on=MONDAY, billed=True)

        (form,) = opened(as_employee)["grid"].forms

        assert [field is None for _cell, field in form.shown_cells] == [True] + [False] * 6

    def test_with_several_lines_show_their_sum(self, as_employee, line):
        TimesheetLineFactory(
            employee=line.employee, relation=line.relation, worked_on=MONDAY, service="vat", hours="0.50"
        )

        (form,) = opened(as_employee)["grid"].forms

        assert form.shown_cells[0][0].hours == Decimal("2.5")
        assert form.shown_cells[0][1] is None

    def test_of_an_archived_relation_are_read_only(self, as_employee, employee):
        """R18"""
        line = TimesheetLineFactory(employee=employee, worked_on=MONDAY, billable=False)
        page = opened(as_employee)
        archive(line.relation, by=employee)

        answer = send(as_employee, page, **{cell(line): "9"})

        assert not any(form.fields for form in opened(as_employee)["grid"].forms)
        assert answer.status_code == 422
        assert TimesheetLine.objects.get().hours == 2

    def test_of_a_relation_that_is_withheld_keep_their_hours_without_its_name(self, as_employee, employee):
        line = TimesheetLineFactory(
            employee=employee, worked_on=MONDAY, relation__name="Geheim B.V.", relation__restricted=True
        )

        page = as_employee.get(URL)
        answer = as_employee.post(URL, {"row": str(RowKey.of(line)), cell(line): "9", "expected": ""})

        (form,) = page.context["grid"].forms
        assert (form.row.hours, list(form.fields)) == (2, [])
        assert "Geheim" not in page.content.decode() + answer.content.decode()
        assert answer.status_code == 422
        assert TimesheetLine.objects.get().hours == 2

    def test_of_another_employee_are_not_there(self, as_employee):
        TimesheetLineFactory(worked_on=MONDAY)

        assert opened(as_employee)["grid"].forms == []


class TestNewRows:
    def test_take_active_relations_only(self, as_employee, employee):
        """R18"""
        relation = RelationFactory()
        archive(relation, by=employee)

        answer = send(as_employee, opened(as_employee), **new_row(relation))

        assert answer.status_code == 422
        assert not TimesheetLine.objects.exists()

    def test_begin_with_the_relation_one_comes_from(self, as_employee):
        relation = RelationFactory()

        page = as_employee.get(f"{URL}&relatie={relation.pk}")

        assert f'value="{relation.number} {relation.name}"' in page.content.decode()

    def test_begin_with_the_rate_used_last(self, as_employee, line):
        assert opened(as_employee)["grid"].new[0]["rate"].value() == line.rate


class TestLastWeek:
    def test_gives_its_rows_without_its_hours(self, as_employee, employee, line):
        archived = TimesheetLineFactory(employee=employee, worked_on=MONDAY, billable=False).relation
        archive(archived, by=employee)

        grid = opened(as_employee, "/urenstaat/?week=2026-W11&rijen=vorige")["grid"]

        assert [form.row.key for form in grid.forms] == [RowKey.of(line)]
        assert grid.hours == 0

    def test_is_filled_in_and_saved(self, as_employee, line):
        page = opened(as_employee, "/urenstaat/?week=2026-W11&rijen=vorige")
        field = f"r{RowKey.of(line)}-2026-03-09"

        as_employee.post(
            "/urenstaat/?week=2026-W11", {**fields_of(page["grid"]), "expected": page["expected"], field: "2"}
        )

        assert hours() == [(2, Decimal(2)), (9, Decimal(2))]

    @pytest.mark.parametrize("row", ["x", "1-vat-95.00-2", "1-niets-95.00-1", "9" * 30 + "-vat-1-1"])
    def test_is_no_way_to_make_up_rows(self, as_employee, row):
        answer = as_employee.post(URL, {"row": [row], "expected": ""})

        assert answer.status_code == 400
        assert not TimesheetLine.objects.exists()

    @pytest.mark.parametrize("query", ["&rijen=alle", "&week=2026-W11", "&kleur=rood"])
    def test_is_asked_for_by_its_own_address_only(self, as_employee, query):
        """B3"""
        assert as_employee.get(URL + query).status_code == 400


@pytest.mark.django_db(transaction=True)
class TestARace:
    def test_of_windows_that_save_at_once_writes_hours_once(self):
        employee, relation = EmployeeFactory(), RelationFactory()
        period = week_of(MONDAY)
        expected = week_of_employee(employee, period).fingerprint
        cells = {(RowKey(relation.pk, "vat", Decimal("95.00"), True), MONDAY): Decimal(2)}

        def save():
            try:
                week_actions.save_week(period, cells, expected=expected, by=employee)
            finally:
                connection.close()

        threads = [Thread(target=save) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert hours() == [(2, Decimal(2))]

    def test_with_a_month_that_is_being_locked_is_decided_by_the_database(self):
        line = TimesheetLineFactory(worked_on=MONDAY)
        MonthLockFactory(month=date(2026, 3, 1))

        with pytest.raises(Exception, match="locked"):
            TimesheetLine.objects.filter(pk=line.pk).update(hours=3)
