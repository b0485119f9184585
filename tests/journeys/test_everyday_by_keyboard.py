"""What an employee does around a relation all day, without touching the mouse: hours of a week, tasks, notes, menus."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from billing.models import TimesheetLine
from relations.models import Appointment, Note, Task
from tests import factories
from tests.journeys import accessibility, office
from tests.journeys.test_main_flows_by_keyboard import ready
from tests.journeys.test_with_the_keyboard import go_to


@pytest.fixture
def relation(admin):
    return factories.RelationFactory(name="Bakkerij Jansen", number="77001")


@pytest.fixture
def monday():
    today = timezone.localdate()
    return today - timedelta(days=today.weekday())


class TestTheWeek:
    def test_is_filled_in_with_arrows_and_enter(self, as_employee, employee, relation, monday):
        """Down and up within a day, Tab along the days, Ctrl-Enter saves; like a sheet."""
        page = as_employee
        lines = [
            factories.TimesheetLineFactory(relation=relation, employee=employee, worked_on=monday, rate=rate, hours=1)
            for rate in (90, 100)
        ]
        page.goto("/urenstaat/")
        first, second = ready(page).locator("tbody tr").nth(0), page.locator("tbody tr").nth(1)

        go_to(page, first.locator("[data-cell]").nth(0))
        page.keyboard.press("ArrowDown")
        expect(second.locator("[data-cell]").nth(0)).to_be_focused()
        page.keyboard.type("3")
        page.keyboard.press("Shift+Enter")
        expect(first.locator("[data-cell]").nth(0)).to_be_focused()
        page.keyboard.press("Tab")
        page.keyboard.type("2,5")
        page.keyboard.press("Control+Enter")

        expect(page.get_by_text("2 vakjes zijn opgeslagen.")).to_be_visible()
        written = {(line.worked_on, float(line.hours)) for line in TimesheetLine.objects.all()}
        assert written == {(monday, 1.0), (monday, 3.0), (monday + timedelta(days=1), 2.5)}
        assert len(lines) + 1 == TimesheetLine.objects.count()

    def test_before_is_copied(self, as_employee, employee, relation, monday):
        page = as_employee
        before = monday - timedelta(days=7)
        factories.TimesheetLineFactory(relation=relation, employee=employee, worked_on=before, hours=4)
        page.goto("/urenstaat/")

        go_to(page, page.get_by_role("link", name="Rijen van vorige week overnemen"))
        page.keyboard.press("Enter")

        expect(page.get_by_role("rowheader").filter(has_text="Bakkerij Jansen")).to_be_visible()


class TestATask:
    def test_is_made_finished_and_found_again(self, as_employee, employee, relation):
        page = as_employee
        page.goto("/taken/")
        ready(page).keyboard.press("n")
        office.see(page, "Nieuwe taak")
        go_to(page, page.get_by_label("Onderwerp"))
        page.keyboard.type("Jaarrekening opmaken")
        go_to(page, page.get_by_label("Relatie", exact=True))
        page.keyboard.type("77001")
        page.keyboard.press("Control+Enter")
        office.see(page, "Jaarrekening opmaken")

        go_to(page, page.get_by_role("button", name="Taak gereed melden"))
        page.keyboard.press("Enter")

        expect(page.get_by_role("button", name="Taak heropenen")).to_be_visible()
        assert Task.objects.get().done_at

    def test_goes_to_a_colleague_with_others(self, as_employee, admin, relation):
        page = as_employee
        factories.TaskLinkFactory.create_batch(2, relation=relation)
        page.goto("/taken/")

        box = ready(page).locator("[data-tick-page]")
        go_to(page, box)
        with page.expect_response(lambda answer: "/taken/selectie/" in answer.url):
            page.keyboard.press("Space")
        go_to(page, page.get_by_role("link", name="Overdragen aan een collega"))
        page.keyboard.press("Enter")
        go_to(page, page.get_by_label("Nieuwe uitvoerder"))
        page.keyboard.type("Jan")
        page.keyboard.press("Control+Enter")
        expect(page.get_by_role("button", name="2 taken overdragen")).to_be_visible()
        accessibility.inspect(page)
        go_to(page, page.get_by_role("button", name="2 taken overdragen"))
        page.keyboard.press("Enter")

        office.see(page, "Taken")
        assert set(Task.objects.values_list("assignee", flat=True)) == {admin.pk}


class TestAroundARelation:
    def test_a_note_is_written(self, as_employee, relation):
        page = as_employee
        page.goto(f"/relaties/{relation.pk}/notities/")

        go_to(page, page.get_by_role("link", name="Nieuwe notitie"))
        page.keyboard.press("Enter")
        go_to(page, page.get_by_label("Tekst"))
        page.keyboard.type("Belt vrijdag terug")
        page.keyboard.press("Control+Enter")

        expect(page.get_by_text("Belt vrijdag terug")).to_be_visible()
        assert Note.objects.get().text == "Belt vrijdag terug"

    def test_what_was_entered_twice_goes_by_its_menu(self, as_admin, relation):
        """R104, R105: the menu opens, its entry is next, the dialog begins at Cancel."""
        page = as_admin
        factories.NoteFactory(relation=relation, text="Dubbel")
        page.goto(f"/relaties/{relation.pk}/notities/")

        go_to(page, page.get_by_role("button", name="Meer voor").last)
        page.keyboard.press("Enter")
        go_to(page, page.get_by_role("link", name="Verwijderen…").last)
        page.keyboard.press("Enter")
        expect(page.get_by_role("link", name="Annuleren")).to_be_focused()
        page.get_by_role("radio", name="Dubbel ingevoerd").focus()
        page.keyboard.press("Space")
        go_to(page, page.get_by_role("button", name="Verwijderen"))
        page.keyboard.press("Enter")

        expect(page.get_by_text("Verwijderd: notitie.")).to_be_visible()
        assert not Note.objects.exists()

    def test_an_appointment_is_made_from_the_agenda(self, as_employee, relation):
        page = as_employee
        page.goto("/agenda/")

        go_to(page, page.get_by_role("link", name="Nieuwe afspraak").first)
        page.keyboard.press("Enter")
        office.see(page, "Nieuwe afspraak")
        go_to(page, page.get_by_label("Onderwerp"))
        page.keyboard.type("Kennismaking")
        go_to(page, page.get_by_label("Relatie", exact=True))
        page.keyboard.type("77001")
        page.keyboard.press("Control+Enter")

        expect(page.get_by_text("Kennismaking").first).to_be_visible()
        assert Appointment.objects.get().relation == relation
