"""An employee leaves: the checklist in one screen, in one act."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from crm.accounts.actions import offboarding, permissions
from crm.accounts.models import ChangeKind, Employee, EmployeeChange, ErasingGrant
from crm.accounts.roles import EMPLOYEE_ROLE
from crm.core.refusals import Refusal
from crm.jobs.models import JobState
from tests.accounts.second_steps import code_app
from tests.factories import AdminFactory, EmployeeFactory, JobFactory, RelationFactory, TaskFactory

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def sanne(db):
    return EmployeeFactory(name="Sanne Bakker")


def url(employee, name="departure"):
    return reverse(f"accounts:{name}", args=[employee.pk])


def let_go(client, employee, to=None, **answers):
    usual = {"left_on": TODAY.isoformat()} | ({"to": to.pk} if to else {})
    return client.post(url(employee), usual | answers, follow=True)


def fresh(employee):
    return Employee.objects.get(pk=employee.pk)


class TestTheChecklist:
    def test_counts_what_is_open_in_their_name(self, as_admin, employee):
        """R109"""
        for _n in range(3):
            TaskFactory(assignee=employee)
        TaskFactory(assignee=employee, done_at=timezone.now())

        rows = " ".join(as_admin.get(url(employee)).text.split())

        assert '<td>Openstaande taken</td> <td class="num" data-label="Aantal">3</td>' in rows

    def test_asks_for_a_colleague_who_works_here(self, as_admin, employee, sanne):
        """R109"""
        RelationFactory(manager=employee)
        EmployeeFactory(name="Vertrokken Collega", is_active=False)

        page = as_admin.get(url(employee)).text

        assert "Sanne Bakker" in page
        assert "Vertrokken Collega" not in page

    def test_asks_for_no_colleague_when_nothing_is_open(self, as_admin, employee):
        assert "Wie neemt het werk over" not in as_admin.get(url(employee)).text

    def test_asks_the_database_as_often_for_thirty_as_for_three(
        self, as_admin, employee, django_assert_max_num_queries
    ):
        for _n in range(3):
            TaskFactory(assignee=employee)
        with django_assert_max_num_queries(40) as few:
            as_admin.get(url(employee))
        for _n in range(27):
            TaskFactory(assignee=employee)

        with django_assert_max_num_queries(len(few)):
            as_admin.get(url(employee))


class TestLettingGo:
    def test_hands_the_open_work_over_in_the_same_act(self, as_admin, employee, sanne):
        """R109"""
        task, relation = TaskFactory(assignee=employee), RelationFactory(manager=employee)

        page = let_go(as_admin, employee, to=sanne).text

        task.refresh_from_db()
        relation.refresh_from_db()
        assert (task.assignee, relation.manager) == (sanne, sanne)
        assert "Marieke de Wit is uit dienst en kan zich niet meer aanmelden." in page
        assert "Naar Sanne Bakker: beheerde relaties 1, openstaande taken 1." in page

    def test_switches_the_employee_to_former(self, as_admin, employee):
        """R108"""
        let_go(as_admin, employee)

        former = fresh(employee)
        assert (former.is_active, former.left_on) == (False, TODAY)
        assert "voormalig" in as_admin.get("/beheer/medewerkers/").text

    def test_closes_every_session_at_once(self, as_admin, employee):
        """R109"""
        theirs = Client()
        theirs.post("/aanmelden/", {"login": employee.email, "password": "geheim-12345"})
        assert theirs.get("/relaties/").status_code == 200

        let_go(as_admin, employee)

        assert theirs.get("/relaties/").url.startswith("/aanmelden/")
        assert not employee.usersession_set.exists()

    def test_leaves_nothing_to_sign_in_with(self, as_admin, employee):
        """R109: no login."""
        code_app(employee)

        let_go(as_admin, employee)

        assert not fresh(employee).has_usable_password()
        assert not employee.authenticator_set.exists()

    def test_takes_the_right_to_erase_and_the_role_of_administrator(self, as_admin, admin):
        """R97: else they would be there again on their return."""
        leaver = AdminFactory()
        ErasingGrant.objects.create(employee=leaver, by=admin)

        let_go(as_admin, leaver)

        assert not ErasingGrant.objects.open().exists()
        assert not fresh(leaver).is_admin

    def test_takes_them_out_of_every_group_but_that_of_employees(self, as_admin, employee):
        """R109: what a group may see would be seen again as soon as they come back."""
        employee.groups.add(Group.objects.create(name="Salaris"))

        let_go(as_admin, employee)

        assert [group.name for group in employee.groups.all()] == [EMPLOYEE_ROLE]

    def test_stops_jobs_that_run_in_their_name(self, as_admin, employee):
        job = JobFactory(by=employee, operation="export", state=JobState.RUNNING, confirmed_at=timezone.now())

        page = let_go(as_admin, employee).text

        job.refresh_from_db()
        assert job.state == JobState.STOPPED
        assert "Gestopt: lopende opdrachten 1." in page

    def test_stays_on_record_with_who_took_over(self, as_admin, admin, employee, sanne):
        """R109"""
        TaskFactory(assignee=employee)

        let_go(as_admin, employee, to=sanne)

        change = EmployeeChange.objects.get()
        assert (change.kind, change.by, change.successor) == (ChangeKind.LEFT, admin, sanne)
        assert change.details == {"counts": {"tasks": 1}}
        assert "naar Sanne Bakker: openstaande taken 1" in as_admin.get(url(employee, "employee")).text

    def test_keeps_what_was_done_in_their_name(self, as_admin, employee, sanne):
        """R108: the history stays."""
        done = TaskFactory(assignee=employee, done_at=timezone.now())
        TaskFactory(assignee=employee)

        let_go(as_admin, employee, to=sanne)

        done.refresh_from_db()
        assert done.assignee == employee

    def test_is_all_or_nothing(self, admin, employee, sanne, monkeypatch):
        task = TaskFactory(assignee=employee)
        monkeypatch.setattr(offboarding, "close_account", lambda *args, **kwargs: 1 / 0)

        with pytest.raises(ZeroDivisionError):
            offboarding.let_go(employee, to=sanne, left_on=TODAY, by=admin)

        task.refresh_from_db()
        assert task.assignee == employee


class TestLettingGoIsRefused:
    @pytest.mark.parametrize(
        ("answers", "sentence"),
        [
            ({}, "Dit veld is verplicht."),
            ({"to": "999999"}, "Selecteer een geldige keuze."),
            ({"left_on": (TODAY + timedelta(days=1)).isoformat()}, "niet in de toekomst"),
            ({"left_on": "2010-01-01"}, "voor de eerste"),
            ({"left_on": "gisteren"}, "geldige datum"),
        ],
    )
    def test_in_words_by_the_form(self, as_admin, employee, sanne, answers, sentence):
        Employee.objects.filter(pk=employee.pk).update(joined_on=date(2020, 1, 1))
        TaskFactory(assignee=employee)
        usual = {"left_on": TODAY.isoformat(), "to": sanne.pk} if answers else {"left_on": TODAY.isoformat()}

        response = as_admin.post(url(employee), usual | answers)

        assert response.status_code == 422
        assert sentence in response.text
        assert fresh(employee).is_active

    def test_without_a_colleague_when_work_is_open(self, admin, employee):
        TaskFactory(assignee=employee)

        with pytest.raises(Refusal, match="collega"):
            offboarding.let_go(employee, to=None, left_on=TODAY, by=admin)

    @pytest.mark.parametrize("who", ["left", "themselves"])
    def test_to_who_cannot_take_over(self, admin, employee, who):
        to = employee if who == "themselves" else EmployeeFactory(is_active=False)

        with pytest.raises(Refusal, match="die hier werkt"):
            offboarding.let_go(employee, to=to, left_on=TODAY, by=admin)

    def test_for_oneself(self, as_admin, admin):
        assert let_go(as_admin, admin).status_code == 409
        assert fresh(admin).is_active

    def test_twice(self, as_admin, employee):
        let_go(as_admin, employee)

        assert as_admin.get(url(employee)).status_code == 409
        assert let_go(as_admin, employee).status_code == 409

    def test_without_the_right(self, employee, sanne):
        with pytest.raises(PermissionDenied):
            offboarding.let_go(sanne, to=None, left_on=TODAY, by=employee)


class TestComingBack:
    @pytest.fixture
    def former(self, as_admin, employee):
        let_go(as_admin, employee)
        return employee

    def test_opens_the_account_with_a_new_link(self, as_admin, former, django_capture_on_commit_callbacks):
        """R108: the switch goes both ways."""
        with django_capture_on_commit_callbacks(execute=True):
            as_admin.post(url(former, "homecoming"))

        back = fresh(former)
        assert (back.is_active, back.left_on) == (True, None)
        assert mail.outbox[0].to == [former.email]

    def test_brings_no_right_to_erase_back(self, as_admin, admin, employee):
        """R97"""
        permissions.grant_erasing(employee, by=admin)
        let_go(as_admin, employee)

        as_admin.post(url(employee, "homecoming"))

        assert not fresh(employee).has_perm("relations.erase_relation")

    def test_is_refused_for_who_works_here(self, as_admin, employee):
        assert as_admin.post(url(employee, "homecoming")).status_code == 409


class TestRemovingTheSecondStep:
    def test_lets_in_who_lost_the_telephone(self, as_admin, employee):
        code_app(employee)

        as_admin.post(url(employee, "second_step_removal"))

        theirs = Client()
        assert theirs.post("/aanmelden/", {"login": employee.email, "password": "geheim-12345"}).url == "/"
        assert EmployeeChange.objects.get().kind == ChangeKind.SECOND_STEP_REMOVED

    def test_is_refused_when_there_is_none(self, as_admin, employee):
        assert as_admin.post(url(employee, "second_step_removal")).status_code == 409

    def test_of_oneself_is_refused(self, as_admin, admin):
        code_app(admin)

        assert as_admin.post(url(admin, "second_step_removal")).status_code == 409
        assert admin.authenticator_set.exists()
