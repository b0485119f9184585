"""The agenda of a week, and its appointments."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from relations.models import Appointment
from tests.archiving.acting import archive
from tests.factories import AppointmentFactory, EmployeeFactory, RelationFactory, TaskLinkFactory

pytestmark = pytest.mark.django_db
AGENDA, NEW = "/agenda/", "/agenda/afspraken/nieuw/"
WEEK = "2026-W10"  # from Monday 2 March


def at(day, hour, minute=0):
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


def days(client, **parameters):
    return client.get(AGENDA, {"week": WEEK, **parameters}).context["days"]


def subjects(client, **parameters):
    return [[row.subject for row in day.appointments] for day in days(client, **parameters)]


def meeting(employee, subject="Jaargesprek", **fields):
    times = {"starts_at": at(4, 9), "ends_at": at(4, 10)}
    return AppointmentFactory(employee=employee, subject=subject, **{**times, **fields})


class TestTheWeek:
    def test_shows_ones_own_appointments_on_their_day(self, as_employee, employee):
        meeting(employee)
        meeting(EmployeeFactory(), "van een ander")
        meeting(employee, "volgende week", starts_at=at(9, 9), ends_at=at(9, 10))

        assert subjects(as_employee) == [[], [], ["Jaargesprek"], [], [], [], []]

    def test_shows_those_of_a_colleague_or_of_everybody(self, as_employee, employee):
        colleague = EmployeeFactory()
        meeting(employee, "mijn")
        meeting(colleague, "collega", starts_at=at(4, 8))

        assert subjects(as_employee, wie=colleague.pk)[2] == ["collega"]
        assert subjects(as_employee, wie="team")[2] == ["collega", "mijn"]

    def test_shows_on_every_day_what_lasts_longer(self, as_employee, employee):
        meeting(employee, starts_at=at(1, 20), ends_at=at(3, 12))

        assert subjects(as_employee)[:3] == [["Jaargesprek"], ["Jaargesprek"], []]

    def test_ends_at_midnight_of_the_day_before(self, as_employee, employee):
        """23:00 UTC is midnight in Amsterdam."""
        meeting(employee, starts_at=at(3, 20), ends_at=at(3, 23))

        assert subjects(as_employee)[1:3] == [["Jaargesprek"], []]

    def test_shows_open_tasks_on_the_day_they_are_due(self, as_employee, employee):
        TaskLinkFactory(task__subject="open", task__assignee=employee, task__due_on=date(2026, 3, 6))
        TaskLinkFactory(
            task__subject="gereed", task__assignee=employee, task__due_on=date(2026, 3, 6), task__done_at=at(1, 9)
        )

        assert [task.subject for task in days(as_employee)[4].tasks] == ["open"]

    def test_marks_an_archived_relation(self, as_employee, employee):
        """R15"""
        archive(meeting(employee).relation, by=employee)

        assert "gearchiveerd" in as_employee.get(AGENDA, {"week": WEEK}).content.decode()

    def test_goes_to_the_week_before_and_after_of_the_same_colleague(self, as_employee):
        colleague = EmployeeFactory()

        page = as_employee.get(AGENDA, {"week": WEEK, "wie": colleague.pk}).content.decode()

        assert f'rel="prev" href="?week=2026-W09&amp;wie={colleague.pk}"' in page
        assert f'rel="next" href="?week=2026-W11&amp;wie={colleague.pk}"' in page

    @pytest.mark.parametrize(
        ("query", "status"),
        [("?week=2026-W99", 400), ("?kleur=rood", 400), ("?wie=1&wie=2", 400), ("?wie=x", 404), ("?wie=0", 404)],
    )
    def test_refuses_what_its_address_cannot_mean(self, as_employee, query, status):
        """B3"""
        assert as_employee.get(AGENDA + query).status_code == status

    @pytest.mark.parametrize("whose", ["", "team"])
    def test_takes_as_many_queries_for_many(self, as_employee, employee, whose):
        counts = []
        for size in (3, 30):
            for number in range(size):
                meeting(employee, starts_at=at(2 + number % 7, 9), ends_at=at(2 + number % 7, 10))
            TaskLinkFactory.create_batch(size, task__assignee=employee, task__due_on=date(2026, 3, 3))
            with CaptureQueriesContext(connection) as queries:
                as_employee.get(AGENDA, {"week": WEEK, "wie": whose})
            counts.append(len(queries))

        assert counts[0] == counts[1]


class TestAnAppointment:
    def fields(self, whose, **changed):
        return {
            "relation": RelationFactory(number="10482").number,
            "subject": "Jaargesprek",
            "starts_at": "2026-03-04T09:30",
            "ends_at": "2026-03-04T10:30",
            "employee": whose.pk,
            "place": "Kantoor",
        } | changed

    def opened(self, client, appointment):
        form = client.get(reverse("relations:appointment_edit", args=[appointment.pk])).context["form"]
        return {name: form[name].value() for name in ("subject", "employee", "place", "attendees", "seen")} | {
            "relation": appointment.relation.number,
            "starts_at": "2026-03-04T10:00",
            "ends_at": "2026-03-04T11:00",
        }

    def save(self, client, appointment, fields):
        return client.post(reverse("relations:appointment_edit", args=[appointment.pk]), fields)

    def test_is_added_and_shown_in_its_week(self, as_employee, employee):
        answer = as_employee.post(NEW, self.fields(employee))

        new = Appointment.objects.get()
        assert answer.url == f"{AGENDA}?week={WEEK}"
        assert new.starts_at == at(4, 8, 30)  # half past nine in Amsterdam
        assert new.history.get().history_user == employee

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"subject": "\u200b"}, "subject"),
            ({"starts_at": "morgen"}, "starts_at"),
            ({"starts_at": "2026-03-29T02:30"}, "starts_at"),  # the clock goes forward: this hour is not there
            ({"ends_at": "2026-03-04T09:30"}, "ends_at"),
            ({"ends_at": "2026-05-04T09:30"}, "ends_at"),
            ({"starts_at": "0001-01-01T00:00"}, "starts_at"),
            ({"ends_at": "9999-12-31T23:59"}, "ends_at"),
            ({"employee": "0"}, "employee"),
            ({"relation": ""}, "relation"),
        ],
    )
    def test_says_what_is_wrong_and_is_not_saved(self, as_employee, employee, wrong, field):
        answer = as_employee.post(NEW, self.fields(employee, **wrong))

        assert answer.status_code == 422
        assert field in answer.context["form"].errors
        assert not Appointment.objects.exists()

    def test_is_not_made_with_an_archived_relation(self, as_employee, employee):
        """R15, R18, 1F"""
        fields = self.fields(employee)
        archive(RelationFactory._meta.model.objects.get(), by=employee)

        assert as_employee.post(NEW, fields).status_code == 422
        assert not Appointment.objects.exists()

    def test_of_an_archived_relation_can_be_moved(self, as_employee, employee):
        """R15: it stays, and opens"""
        appointment = meeting(employee)
        fields = self.opened(as_employee, appointment)
        archive(appointment.relation, by=employee)

        self.save(as_employee, appointment, fields | {"starts_at": "2026-03-04T10:30"})

        assert Appointment.objects.get().starts_at == at(4, 9, 30)

    def test_goes_to_no_archived_relation(self, as_employee, employee):
        """R18"""
        appointment, archived = meeting(employee), RelationFactory()
        archive(archived, by=employee)

        answer = self.save(
            as_employee, appointment, self.opened(as_employee, appointment) | {"relation": archived.number}
        )

        assert answer.status_code == 422
        assert Appointment.objects.get().relation == appointment.relation

    def test_does_not_undo_what_a_colleague_saved_meanwhile(self, as_employee, employee):
        appointment = meeting(employee)
        fields = self.opened(as_employee, appointment)
        Appointment.objects.update(place="Bij de relatie")

        answer = self.save(as_employee, appointment, fields | {"place": "Kantoor"})

        assert answer.status_code == 409
        assert Appointment.objects.get().place == "Bij de relatie"

    def test_begins_with_the_relation_and_day_one_comes_from(self, as_employee):
        relation = RelationFactory()

        page = as_employee.get(f"{NEW}?relatie={relation.pk}&dag=2026-03-05").content.decode()

        assert f"{relation.number} {relation.name}" in page
        assert 'value="2026-03-05T09:00"' in page

    @pytest.mark.parametrize(
        ("query", "status"),
        [
            ("relatie=0", 404),
            ("relatie=x", 404),
            ("dag=morgen", 400),
            ("kleur=rood", 400),
            ("relatie=1&relatie=2", 400),
        ],
    )
    def test_refuses_what_its_address_cannot_mean(self, as_employee, query, status):
        """B3"""
        assert as_employee.get(f"{NEW}?{query}").status_code == status
