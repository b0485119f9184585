"""The agenda at a secret address, for one's own calendar programme."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from relations.models import CalendarFeed
from tests.archiving.acting import archive, erase
from tests.factories import AdminFactory, AppointmentFactory, EmployeeFactory

pytestmark = pytest.mark.django_db
PAGE, REVOKE = "/agenda/adres/", "/agenda/adres/intrekking/"


def address(client):
    """As it is shown once; without the name of the site."""
    return client.post(PAGE).context["url"].removeprefix("http://localhost:8000")


def events(client, url):
    return list(Calendar.from_ical(client.get(url).content).walk("VEVENT"))


def soon(employee, **fields):
    start = timezone.now().replace(microsecond=0) + timedelta(days=1)
    return AppointmentFactory(employee=employee, starts_at=start, ends_at=start + timedelta(hours=1), **fields)


class TestTheAddress:
    def test_is_shown_once_and_kept_as_a_hash(self, as_employee):
        url = address(as_employee)
        secret = url.removeprefix("/agenda/").removesuffix(".ics")

        feed = CalendarFeed.objects.get()
        assert len(secret) == 43
        assert secret not in feed.secret_hash
        assert secret not in as_employee.get(PAGE).content.decode()

    def test_names_nobody(self, as_employee, employee):
        assert not {employee.email, employee.name, str(employee.pk)} & set(address(as_employee).split("/"))

    def test_takes_the_place_of_the_one_before(self, as_employee, client):
        old, new = address(as_employee), address(as_employee)

        assert [client.get(url).status_code for url in (old, new)] == [404, 200]
        assert CalendarFeed.objects.open().count() == 1

    def test_works_no_more_when_it_is_revoked(self, as_employee):
        url = address(as_employee)

        as_employee.post(REVOKE)

        assert as_employee.get(url).status_code == 404

    def test_is_revoked_once(self, as_employee):
        answer = as_employee.post(REVOKE, follow=True)

        assert "niets in te trekken" in answer.content.decode()

    @pytest.mark.parametrize("secret", ["x", "é", "x" * 500, "%00"])
    def test_cannot_be_guessed_at(self, client, secret):
        assert client.get(f"/agenda/{secret}.ics").status_code == 404

    @pytest.mark.parametrize("loss", ["leaves", "loses every role"])
    def test_works_no_more_for_who(self, as_employee, employee, loss):
        """R109"""
        url = address(as_employee)
        if loss == "leaves":
            type(employee).objects.update(is_active=False)
        else:
            employee.groups.clear()

        assert as_employee.get(url).status_code == 404

    def test_is_kept_out_of_caches(self, as_employee, client):
        answers = [as_employee.post(PAGE), client.get(address(as_employee))]

        assert all("no-store" in answer["Cache-Control"] for answer in answers)


class TestTheFeed:
    def test_needs_no_signing_in_and_holds_ones_own_appointments(self, as_employee, employee, client):
        soon(employee, subject="Jaargesprek; cijfers, plannen", place="Kantoor", relation__name="Bakkerij")
        soon(EmployeeFactory(), subject="van een ander")
        url = address(as_employee)
        client.logout()

        answer = client.get(url)
        event = events(client, url)[0]

        assert answer["Content-Type"] == "text/calendar; charset=utf-8"
        assert len(events(client, url)) == 1
        assert str(event["SUMMARY"]) == "Jaargesprek; cijfers, plannen – Bakkerij"
        assert str(event["LOCATION"]) == "Kantoor"
        assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(hours=1)

    def test_names_no_erased_relation(self, as_employee, employee, client):
        """R25, R32"""
        relation = soon(employee, relation__name="Geheim B.V.").relation
        url = address(as_employee)
        archive(relation, by=employee)
        before = client.get(url).content.decode()

        erase(relation, by=AdminFactory())

        assert "Geheim" in before
        assert "Geheim" not in client.get(url).content.decode()
        assert events(client, url) == []

    def test_names_no_relation_that_is_withheld_from_its_reader(self, as_employee, employee, client):
        soon(employee, relation__name="Geheim B.V.", relation__restricted=True)

        assert events(client, address(as_employee)) == []

    def test_tells_when_it_was_last_read(self, as_employee, client):
        url = address(as_employee)

        client.get(url)

        assert CalendarFeed.objects.get().read_on == timezone.localdate()

    def test_takes_as_many_queries_for_many(self, as_employee, employee, client):
        url, counts = address(as_employee), []
        client.get(url)
        for size in (3, 30):
            for _ in range(size):
                soon(employee)
            with CaptureQueriesContext(connection) as queries:
                client.get(url)
            counts.append(len(queries))

        assert counts[0] == counts[1]

    def test_is_written_nowhere_in_the_page_of_the_agenda(self, as_employee):
        address(as_employee)

        assert ".ics" not in as_employee.get(reverse("relations:agenda")).content.decode()
