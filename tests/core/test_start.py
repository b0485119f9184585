"""The start page, put together from what each app registers."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from crm.jobs.models import JobState
from tests import factories
from tests.archiving.acting import archive

pytestmark = pytest.mark.django_db
PAGE = reverse("core:start")
NOON = datetime(2026, 3, 4, 12, 30, tzinfo=timezone.get_default_timezone())


@pytest.fixture(autouse=True)
def _a_day_at_noon():
    with time_machine.travel(NOON, tick=False):
        yield


def content(client, key):
    """What the card with this key shows."""
    return client.get(reverse("core:start_card", args=[key])).context["shown"].content


class TestPage:
    def test_greets_by_name(self, as_employee):
        assert "Goedemiddag, Marieke" in as_employee.get(PAGE).text

    def test_says_whom_to_ask_without_a_role(self, client):
        nobody = factories.EmployeeFactory()
        nobody.groups.clear()
        client.force_login(nobody)

        assert "Vraag een beheerder" in client.get(PAGE).text

    def test_has_more_cards_for_an_administrator(self, client, employee, admin):
        cards = {}
        for who in (employee, admin):
            client.force_login(who)
            cards[who] = {shown.card.key for shown in client.get(PAGE).context["cards"]}

        assert cards[admin] - cards[employee] == {"belemmeringen", "archiefvoorstellen", "gearchiveerd"}

    def test_fetches_what_looks_through_the_whole_office_afterwards(self, as_admin):
        shown = as_admin.get(PAGE).text

        url = reverse("core:start_card", args=["belemmeringen"])
        assert f'hx-get="{url}"' in shown
        assert f'<a href="{url}">Tonen</a>' in shown
        fragment = as_admin.get(url, headers={"HX-Request": "true"}).text
        assert "<html" not in fragment
        assert 'hx-trigger="load"' not in fragment

    def test_has_no_card_by_another_name(self, as_admin):
        assert as_admin.get("/start/nergens/").status_code == 404

    def test_takes_the_same_number_of_queries_for_3_and_30_rows(self, as_employee, employee):
        counts = []
        for batch in (3, 27):
            for _ in range(batch):
                link = factories.TaskLinkFactory(task__assignee=employee)
                later = NOON + timedelta(hours=1)
                factories.AppointmentFactory(employee=employee, starts_at=later, ends_at=later)
                factories.TimesheetLineFactory(employee=employee)
                factories.JobFactory(by=employee, state=JobState.STOPPED, confirmed_at=NOON, operation="archive")
                as_employee.get(link.relation.get_absolute_url())
            with CaptureQueriesContext(connection) as queries:
                as_employee.get(PAGE)
            counts.append(len(queries))

        assert counts[0] == counts[1]


class TestMyTasks:
    def test_are_open_ones_of_mine_the_first_due_first(self, as_employee, employee):
        day = NOON.date()
        for subject, due in (("Morgen", 1), ("Gisteren", -1), ("Vandaag", 0)):
            factories.TaskFactory(subject=subject, assignee=employee, due_on=day + timedelta(days=due))
        factories.TaskFactory(subject="Zonder datum", assignee=employee)
        factories.TaskFactory(subject="Gedaan", assignee=employee, done_at=NOON)
        factories.TaskFactory(subject="Van een ander", assignee=factories.EmployeeFactory())

        shown = content(as_employee, "taken")

        assert [task.subject for task in shown["tasks"]] == ["Gisteren", "Vandaag", "Morgen", "Zonder datum"]
        assert (shown["count"], shown["late"]) == (4, 1)
        assert as_employee.get(shown["url"]).context["listing"].count == 4


class TestMyAppointments:
    def test_are_mine_of_today(self, as_employee, employee):
        for subject, hours in (("Straks", 3), ("Vanochtend", -3), ("Gisteren", -24), ("Morgen", 24)):
            at = NOON + timedelta(hours=hours)
            factories.AppointmentFactory(subject=subject, employee=employee, starts_at=at, ends_at=at)
        factories.AppointmentFactory(
            subject="Loopt nog", employee=employee, starts_at=NOON - timedelta(days=1), ends_at=NOON
        )
        factories.AppointmentFactory(subject="Van een ander", starts_at=NOON, ends_at=NOON)

        shown = [appointment.subject for appointment in content(as_employee, "afspraken")["appointments"]]

        assert shown == ["Loopt nog", "Vanochtend", "Straks"]

    def test_are_all_in_the_agenda_when_the_day_is_full(self, as_employee, employee):
        factories.AppointmentFactory.create_batch(12, employee=employee, starts_at=NOON, ends_at=NOON)
        assert not content(as_employee, "afspraken")["more"]

        factories.AppointmentFactory(employee=employee, subject="Dertiende", starts_at=NOON, ends_at=NOON)
        page = as_employee.get(PAGE).content.decode()

        assert "Alles in de agenda" in page
        assert "Dertiende" not in page


class TestUnbilledHours:
    def test_are_mine_by_month(self, as_employee, employee):
        for day, hours in (("2026-03-02", 2), ("2026-03-03", 1), ("2026-01-05", 4)):
            factories.TimesheetLineFactory(employee=employee, worked_on=day, hours=hours, rate=100)
        factories.TimesheetLineFactory(employee=employee, billed=True)
        factories.TimesheetLineFactory(employee=employee, billable=False)
        factories.TimesheetLineFactory()

        shown = content(as_employee, "te-factureren")

        assert (shown["hours"], shown["amount"], shown["relations"]) == (7, 700, 3)
        assert [bar.value for bar in shown["chart"].bars[-3:]] == [4, 0, 3]


class TestJobs:
    def test_are_those_that_run_or_went_wrong_lately(self, as_employee, employee):
        def job(**fields):
            return factories.JobFactory(**{"by": employee, "operation": "archive", "confirmed_at": NOON, **fields})

        runs = job(state=JobState.RUNNING)
        failed = job(state=JobState.DONE, finished_at=NOON, failed=2, total=5, done=3)
        job(state=JobState.DONE, finished_at=NOON, total=5, done=5)
        job(state=JobState.DONE, finished_at=NOON, failed=1, confirmed_at=NOON - timedelta(days=30))
        job(state=JobState.RUNNING, by=factories.EmployeeFactory())

        assert [shown.job for shown in content(as_employee, "opdrachten")["jobs"]] == [failed, runs]

    def test_are_no_card_when_all_is_well(self, as_employee):
        assert "opdrachten" not in [shown.card.key for shown in as_employee.get(PAGE).context["cards"]]


class TestArchivedPerMonth:
    def test_counts_the_acts(self, as_admin, admin):
        for _ in range(2):
            archive(factories.RelationFactory(), by=admin)

        shown = content(as_admin, "gearchiveerd")

        assert shown["total"] == 2
        assert shown["chart"].bars[-1].value == 2


class TestCouldBeArchived:
    """No hours, invoice or contact for so many months, and nothing open."""

    @pytest.fixture(autouse=True)
    def _after_a_year(self, settings):
        settings.ARCHIVE_SUGGESTION_MONTHS = 12

    def old(self, **fields):
        with time_machine.travel(NOON - timedelta(days=900), tick=False):
            return factories.RelationFactory(**fields)

    def test_are_old_relations_with_which_nothing_was_done(self, as_admin):
        never, long_ago, lately = self.old(name="Nooit"), self.old(name="Lang geleden"), self.old()
        factories.MessageFactory(relation=long_ago, at=NOON - timedelta(days=400))
        factories.MessageFactory(relation=lately, at=NOON - timedelta(days=40))
        factories.RelationFactory(name="Nieuw")

        shown = content(as_admin, "archiefvoorstellen")

        assert list(shown["relations"]) == [never, long_ago]
        listing = as_admin.get(shown["url"]).context["listing"]
        assert listing.problems == []
        assert {relation.pk for relation in listing.rows} == {never.pk, long_ago.pk}

    @pytest.mark.parametrize(
        "make",
        [
            lambda relation: factories.TaskLinkFactory(relation=relation),
            lambda relation: factories.ClientActivityFactory(relation=relation),
            lambda relation: factories.TimesheetLineFactory(relation=relation, worked_on="2024-01-01"),
            lambda relation: factories.InstalmentFactory(agreement__relation=relation),
            lambda relation: factories.InvoiceFactory(
                relation=relation, status="sent", issued_on="2024-01-01", due_on="2024-01-31", total=10
            ),
            lambda relation: factories.TimesheetLineFactory(relation=relation, billed=True, worked_on="2026-02-01"),
        ],
        ids=["task", "activity", "unbilled hours", "unbilled instalment", "unpaid invoice", "hours lately"],
    )
    def test_are_none_with_which_something_is_open(self, as_admin, make):
        make(self.old())

        assert list(content(as_admin, "archiefvoorstellen")["relations"]) == []
