from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from billing.hours import actions as timesheet_lines
from billing.models import TimesheetLine
from crm.core.periods import month_of, period_of, week_of
from crm.core.refusals import Refusal
from tests.archiving.acting import archive
from tests.factories import RelationFactory, TimesheetLineFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 4)
WEEK = "?week=2026-W10"


@pytest.fixture
def relation():
    return RelationFactory(number="10482", name="Bakkerij Van der Meer B.V.")


def filled_in(**fields):
    return {
        "relation": "10482",
        "worked_on": "2026-03-04",
        "service": "vat",
        "hours": "1,5",
        "rate": "95,00",
        "description": "Aangifte",
        "billable": "on",
        **fields,
    }


def write(client, **fields):
    return client.post(reverse("billing:timesheet") + WEEK, filled_in(**fields))


class TestPeriod:
    def test_of_an_address_is_its_week_or_month(self):
        assert period_of({"week": "2026-W10"}, DAY) == week_of(date(2026, 3, 2))
        assert period_of({"maand": "2026-02"}, DAY) == month_of(date(2026, 2, 28))
        assert period_of({}, DAY) == week_of(DAY)

    @pytest.mark.parametrize("week", [date(2026, 12, 31), date(2027, 1, 1), date(2020, 12, 28)])
    def test_finds_its_way_over_the_turn_of_the_year(self, week):
        shown = week_of(week)

        assert period_of({"week": shown.key}, DAY) == shown
        assert shown.next.previous == shown
        assert shown.month.next.previous == shown.month

    @pytest.mark.parametrize(
        "address",
        [
            {"week": "2026-W54"},
            {"week": "x"},
            {"week": "0001-W01"},  # before which there is no week to go back to
            {"maand": "2026-13"},
            {"maand": ""},
            {"maand": "0001-01"},
            {"maand": "9999-11"},
            {"week": "2026-W10", "maand": "2026-03"},
        ],
    )
    def test_refuses_what_it_does_not_know(self, address):
        with pytest.raises(Refusal) as refused:
            period_of(address, DAY)

        assert refused.value.status == 400


class TestTimesheet:
    def test_shows_ones_own_hours_of_the_week(self, as_employee, employee, relation):
        TimesheetLineFactory(employee=employee, relation=relation, worked_on=DAY, hours=Decimal("2.50"))
        TimesheetLineFactory(employee=employee, relation=relation, worked_on=date(2026, 3, 9))
        TimesheetLineFactory(relation=relation, worked_on=DAY)

        page = as_employee.get(reverse("billing:timesheet") + WEEK)

        assert [line.hours for line in page.context["lines"]] == [Decimal("2.50")]
        assert page.context["totals"] == {"hours": Decimal("2.50"), "billable": Decimal("2.50")}

    def test_adds_hours(self, as_employee, employee, relation):
        answer = write(as_employee)

        line = TimesheetLine.objects.get()
        assert answer.url == reverse("billing:timesheet") + WEEK
        assert (line.employee, line.relation, line.hours) == (employee, relation, Decimal("1.50"))
        assert line.billable

    def test_goes_to_the_week_of_the_hours(self, as_employee, relation):
        answer = write(as_employee, worked_on="2026-03-11")

        assert answer.url == reverse("billing:timesheet") + "?week=2026-W11"

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("worked_on", "0001-01-01"),
            ("worked_on", "9999-12-31"),
            ("hours", "0"),
            ("hours", "24,25"),
            ("hours", "veel"),
            ("rate", "-1"),
            ("worked_on", "31-02-2026"),
            ("relation", ""),
        ],
    )
    def test_shows_what_is_wrong_and_saves_nothing(self, as_employee, relation, field, value):
        answer = write(as_employee, **{field: value})

        assert answer.status_code == 422
        assert field in answer.context["form"].errors
        assert not TimesheetLine.objects.exists()

    def test_says_in_dutch_what_the_least_is(self, as_employee, relation):
        assert "Vul meer dan 0 in." in write(as_employee, hours="0").text

    def test_fills_in_the_relation_it_was_opened_for(self, as_employee, relation):
        page = as_employee.get(reverse("billing:timesheet") + f"?relatie={relation.pk}")

        assert 'value="10482 Bakkerij Van der Meer B.V."' in page.content.decode()

    @pytest.mark.parametrize("asked", ["0", "x", "9" * 40])
    def test_refuses_a_relation_it_does_not_know(self, as_employee, asked):
        page = as_employee.get(reverse("billing:timesheet") + f"?relatie={asked}")

        assert page.status_code == 404

    @pytest.mark.parametrize("method", ["get", "post"])
    @pytest.mark.parametrize("query", ["?kleur=rood", "?week=2026-W10&week=2026-W11", "?relatie=1&relatie=2"])
    def test_shows_and_saves_nothing_for_what_its_address_cannot_mean(self, as_employee, relation, method, query):
        """B3"""
        answer = getattr(as_employee, method)(
            reverse("billing:timesheet") + query, filled_in() if method == "post" else None
        )

        assert answer.status_code == 400
        assert answer.templates[0].name == "refused.html"
        assert not TimesheetLine.objects.exists()

    def test_takes_the_same_number_of_queries_for_many(self, as_employee, employee):
        counts = []
        for size in (3, 30):
            TimesheetLineFactory.create_batch(size, employee=employee, worked_on=DAY)
            with CaptureQueriesContext(connection) as queries:
                as_employee.get(reverse("billing:timesheet") + WEEK)
            counts.append(len(queries))

        assert counts[0] == counts[1]


class TestChoosingARelation:
    @pytest.mark.parametrize("typed", ["10482", "10482 Bakkerij Van der Meer B.V.", "bakkerij meer", "Bakk"])
    def test_works_by_number_or_the_start_of_the_name(self, as_employee, relation, typed):
        RelationFactory(number="10481", name="Autobedrijf Klaver")

        write(as_employee, relation=typed)

        assert TimesheetLine.objects.get().relation == relation

    def test_prefers_the_number_over_names_that_hold_it(self, as_employee, relation):
        RelationFactory(number="7", name="Stichting 10482")

        write(as_employee, relation="10482")

        assert TimesheetLine.objects.get().relation == relation

    def test_names_the_candidates_when_several_fit(self, as_employee, relation):
        RelationFactory(number="10483", name="Bakkerij Jansen")

        answer = write(as_employee, relation="Bakkerij")

        assert "10483 Bakkerij Jansen" in answer.context["form"].errors["relation"][0]
        assert not TimesheetLine.objects.exists()

    @pytest.mark.parametrize("typed", ["99999", "Slager", "'", "%"])
    def test_says_when_nothing_fits(self, as_employee, relation, typed):
        answer = write(as_employee, relation=typed)

        assert answer.status_code == 422
        assert "relation" in answer.context["form"].errors

    def test_never_offers_an_archived_relation(self, as_employee, employee, relation):
        """R18"""
        TimesheetLineFactory(employee=employee, relation=relation, billed=True)
        offered = list(as_employee.get(reverse("billing:timesheet")).context["suggestions"])
        archive(relation, by=employee)

        page = as_employee.get(reverse("billing:timesheet"))
        by_number, by_name = write(as_employee), write(as_employee, relation="Bakkerij")

        assert offered == [relation]
        assert list(page.context["suggestions"]) == []
        assert {by_number.status_code, by_name.status_code} == {422}
        assert TimesheetLine.objects.count() == 1


class TestOwnLine:
    @pytest.fixture
    def line(self, employee, relation):
        return TimesheetLineFactory(employee=employee, relation=relation, worked_on=DAY)

    def opened(self, client, line, **changed):
        form = client.get(reverse("billing:timesheet_line", args=[line.pk])).context["form"]
        return {**filled_in(), "seen": form["seen"].value(), **changed}

    def test_can_be_changed(self, as_employee, line):
        fields = self.opened(as_employee, line, hours="3")

        answer = as_employee.post(reverse("billing:timesheet_line", args=[line.pk]), fields)

        line.refresh_from_db()
        assert answer.status_code == 302
        assert line.hours == 3

    def test_does_not_undo_what_was_saved_in_another_window(self, as_employee, line):
        stale = self.opened(as_employee, line, hours="3")
        TimesheetLine.objects.update(hours=5)

        answer = as_employee.post(reverse("billing:timesheet_line", args=[line.pk]), stale)

        assert answer.status_code == 409
        assert [difference.label for difference in answer.context["form"].conflict] == ["Uren"]
        assert TimesheetLine.objects.get().hours == 5

    def test_shows_what_is_wrong_and_changes_nothing(self, as_employee, line):
        fields = self.opened(as_employee, line, hours="25")

        answer = as_employee.post(reverse("billing:timesheet_line", args=[line.pk]), fields)

        assert answer.status_code == 422
        assert TimesheetLine.objects.get().hours == 2

    def test_can_be_removed(self, as_employee, line):
        as_employee.post(reverse("billing:timesheet_line_removal", args=[line.pk]))

        assert not TimesheetLine.objects.exists()

    @pytest.mark.parametrize("name", ["timesheet_line", "timesheet_line_removal"])
    def test_of_somebody_else_is_not_found(self, as_employee, relation, name):
        line = TimesheetLineFactory(relation=relation)

        answer = as_employee.post(reverse(f"billing:{name}", args=[line.pk]), filled_in())

        assert answer.status_code == 404
        assert TimesheetLine.objects.get().hours == 2

    @pytest.mark.parametrize("name", ["timesheet_line", "timesheet_line_removal"])
    def test_on_an_invoice_stays_as_it_is(self, as_employee, employee, relation, name):
        line = TimesheetLineFactory(employee=employee, relation=relation, billed=True)

        answer = as_employee.post(reverse(f"billing:{name}", args=[line.pk]), filled_in(hours="9"))

        assert answer.status_code == 409
        assert TimesheetLine.objects.get().hours == 2

    def test_invoiced_while_its_form_was_open_stays_invoiced(self, as_employee, employee, line):
        stale = TimesheetLine.objects.get()
        billed = TimesheetLineFactory(relation=line.relation, billed=True).invoice_line
        TimesheetLine.objects.filter(pk=line.pk).update(invoice_line=billed)

        with pytest.raises(Refusal):
            timesheet_lines.save_line(stale, by=employee)

        assert TimesheetLine.objects.get(pk=line.pk).invoice_line == billed

    @pytest.mark.parametrize("name", ["timesheet_line", "timesheet_line_removal"])
    def test_of_an_archived_relation_stays_as_it_is(self, as_employee, employee, line, name):
        TimesheetLine.objects.update(billable=False)
        archive(line.relation, by=employee)
        RelationFactory(number="10490")

        answer = as_employee.post(reverse(f"billing:{name}", args=[line.pk]), filled_in(relation="10490", hours="9"))

        assert answer.status_code == 409
        assert TimesheetLine.objects.get().hours == 2
