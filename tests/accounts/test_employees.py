"""Beheer / Medewerkers: inviting, changing and deleting."""

import re

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from crm.accounts.actions import employees, permissions
from crm.accounts.models import ChangeKind, Employee, EmployeeChange, SignIn
from crm.core.refusals import Refusal
from tests.factories import AdminFactory, ClientActivityFactory, EmployeeFactory, RelationFactory, SavedFilterFactory
from tests.forms import sent_by

pytestmark = pytest.mark.django_db
NEW = "/beheer/medewerkers/nieuw/"
ANNEKE = {"name": "Anneke Bakker", "email": "anneke@kantoor.example", "roles": ["Medewerker"]}
PASSWORD = "paard-batterij-nietje"


def url(name, employee):
    return reverse(f"accounts:{name}", args=[employee.pk])


def fresh(employee):
    return Employee.objects.get(pk=employee.pk)


def invite(client, callbacks, **answers):
    with callbacks(execute=True):
        return client.post(NEW, ANNEKE | answers)


def link_in_mail():
    return re.search(r"http://localhost:8000(/wachtwoord/\S+)", mail.outbox[-1].body).group(1)


def choose_password(client, link, password=PASSWORD):
    page = client.get(link, follow=True)
    return client.post(page.redirect_chain[-1][0], {"password1": password, "password2": password})


class TestInviting:
    def test_mails_a_link_to_choose_a_password(self, as_admin, django_capture_on_commit_callbacks):
        response = invite(as_admin, django_capture_on_commit_callbacks)

        anneke = Employee.objects.get(email="anneke@kantoor.example")
        assert response.url == url("employee", anneke)
        assert mail.outbox[0].to == ["anneke@kantoor.example"]
        assert "Beste Anneke Bakker" in mail.outbox[0].body
        assert not anneke.has_usable_password()

    def test_lets_the_colleague_sign_in_with_the_password_chosen(
        self, as_admin, client, django_capture_on_commit_callbacks
    ):
        invite(as_admin, django_capture_on_commit_callbacks)
        client.logout()

        choose_password(client, link_in_mail())

        assert client.post("/aanmelden/", {"login": "Anneke@kantoor.example", "password": PASSWORD}).url == "/"

    def test_gives_a_link_that_works_once(self, as_admin, client, django_capture_on_commit_callbacks):
        invite(as_admin, django_capture_on_commit_callbacks)
        client.logout()
        link = link_in_mail()
        choose_password(client, link)

        assert "Deze link werkt niet meer" in client.get(link).text

    def test_gives_the_roles_that_were_ticked(self, as_admin, django_capture_on_commit_callbacks):
        invite(as_admin, django_capture_on_commit_callbacks, roles=["Medewerker", "Beheerder"])

        assert Employee.objects.get(email="anneke@kantoor.example").is_admin

    def test_stays_on_record(self, as_admin, admin, django_capture_on_commit_callbacks):
        invite(as_admin, django_capture_on_commit_callbacks)

        change = EmployeeChange.objects.get()
        assert (change.kind, change.by, change.details) == (ChangeKind.INVITED, admin, {"roles": ["Medewerker"]})

    @pytest.mark.parametrize(
        ("wrong", "sentence"),
        [
            ({"email": "JAN@kantoor.example"}, "Iemand hier heeft dit e-mailadres al."),
            ({"email": "geen adres"}, "geldig e-mailadres"),
            ({"name": " "}, "Dit veld is verplicht."),
            ({"roles": []}, "Vink minstens één rol aan."),
            ({"roles": ["Baas"]}, "Baas"),
        ],
    )
    def test_says_what_is_wrong_and_invites_nobody(self, client, wrong, sentence):
        client.force_login(AdminFactory(email="jan@kantoor.example"))

        response = client.post(NEW, ANNEKE | wrong)

        assert response.status_code == 422
        assert sentence in response.text
        assert Employee.objects.count() == 1
        assert not mail.outbox

    def test_of_an_address_that_somebody_just_got_is_refused(self, admin, employee):
        with pytest.raises(Refusal, match="e-mailadres"):
            employees.invite(email=employee.email, name="Anneke", roles=["Medewerker"], by=admin)

    def test_is_refused_without_the_right(self, employee):
        with pytest.raises(PermissionDenied):
            employees.invite(**ANNEKE, by=employee)

    def test_again_makes_the_former_link_worthless(self, as_admin, client, django_capture_on_commit_callbacks):
        invite(as_admin, django_capture_on_commit_callbacks)
        former = link_in_mail()
        with django_capture_on_commit_callbacks(execute=True):
            as_admin.post(url("invitation", Employee.objects.get(email="anneke@kantoor.example")))
        client.logout()

        assert "Deze link werkt niet meer" in client.get(former).text
        assert choose_password(client, link_in_mail()).url == "/wachtwoord/gekozen/"

    def test_again_is_refused_for_who_has_a_password(self, as_admin, employee):
        response = as_admin.post(url("invitation", employee))

        assert response.status_code == 409
        assert fresh(employee).has_usable_password()


class TestChanging:
    def opened(self, client, employee):
        return sent_by(client.get(url("employee_edit", employee)).context["form"])

    def edit(self, client, employee, **answers):
        return client.post(url("employee_edit", employee), self.opened(client, employee) | answers)

    def test_does_not_undo_what_another_administrator_saved_meanwhile(self, as_admin, employee):
        stale = self.opened(as_admin, employee)
        Employee.objects.filter(pk=employee.pk).update(name="Marieke Smit")

        response = as_admin.post(url("employee_edit", employee), stale | {"name": "M. de Wit"})

        [difference] = response.context["form"].conflict
        assert response.status_code == 409
        assert (difference.theirs, difference.mine) == ("Marieke Smit", "M. de Wit")
        assert fresh(employee).name == "Marieke Smit"

    def test_changes_name_address_and_roles(self, as_admin, employee):
        self.edit(as_admin, employee, name="Marieke Smit", email="smit@kantoor.example", roles=["Beheerder"])

        changed = fresh(employee)
        assert (changed.name, changed.email) == ("Marieke Smit", "smit@kantoor.example")
        assert [role.name for role in changed.groups.all()] == ["Beheerder"]

    def test_leaves_other_groups_alone(self, as_admin, employee):
        employee.groups.create(name="Fiscaal")

        self.edit(as_admin, employee, roles=["Medewerker", "Beheerder"])

        assert {group.name for group in employee.groups.all()} == {"Fiscaal", "Medewerker", "Beheerder"}

    def test_lets_nobody_in_with_the_former_address(self, client, as_admin, employee):
        former = employee.email
        employee.emailaddress_set.create(email=former, verified=True, primary=True)
        self.edit(as_admin, employee, email="nieuw@kantoor.example")
        client.logout()

        assert client.post("/aanmelden/", {"login": former, "password": "geheim-12345"}).status_code == 200
        assert client.post("/aanmelden/", {"login": "nieuw@kantoor.example", "password": "geheim-12345"}).url == "/"

    def test_records_which_fields_and_no_value(self, as_admin, employee):
        self.edit(as_admin, employee, email="nieuw@kantoor.example")

        assert EmployeeChange.objects.get().details == {"fields": ["email"], "roles": ["Medewerker"]}

    def test_records_nothing_when_nothing_changed(self, as_admin, employee):
        self.edit(as_admin, employee)

        assert not EmployeeChange.objects.exists()

    def test_keeps_an_administrator(self, as_admin, admin):
        response = self.edit(as_admin, admin, roles=["Medewerker"])

        assert response.status_code == 409
        assert fresh(admin).is_admin

    def test_takes_the_role_of_another_administrator(self, as_admin):
        other = AdminFactory()

        self.edit(as_admin, other, roles=["Medewerker"])

        assert not fresh(other).is_admin

    def test_says_what_is_wrong_and_changes_nothing(self, as_admin, employee, admin):
        response = self.edit(as_admin, employee, email=admin.email)

        assert response.status_code == 422
        assert fresh(employee).email == employee.email


class TestDeleting:
    def test_deletes_who_has_no_history(self, as_admin, employee):
        """R107"""
        SignIn.objects.create(employee=employee, method="password", outcome="in")

        response = as_admin.post(url("employee_deletion", employee), follow=True)

        assert "Het account van Marieke de Wit is verwijderd." in response.text
        assert not Employee.objects.filter(pk=employee.pk).exists()

    def test_deletes_who_was_only_invited(self, as_admin, admin):
        """R107"""
        invited = employees.invite(**ANNEKE, by=admin)

        as_admin.post(url("employee_deletion", invited))

        assert not Employee.objects.filter(pk=invited.pk).exists()

    @pytest.mark.parametrize(
        "make",
        [
            lambda employee: ClientActivityFactory(owner=employee),
            lambda employee: RelationFactory(manager=employee),
            lambda employee: SavedFilterFactory(owner=employee, for_office=True),
            lambda employee: permissions.grant_erasing(employee, by=AdminFactory()),
            lambda employee: RelationFactory().history.update(history_user=employee),
        ],
        ids=["own an activity", "manage a relation", "shared a filter", "was granted the right", "changed a relation"],
    )
    def test_keeps_who_has_history(self, as_admin, employee, make):
        """R107: own activities, activities of others where they are the owner, and any other trace."""
        make(employee)

        assert "Meld de medewerker uit dienst" in as_admin.get(url("employee_deletion", employee)).text
        assert as_admin.post(url("employee_deletion", employee)).status_code == 409
        assert Employee.objects.filter(pk=employee.pk).exists()

    def test_keeps_who_had_an_activity_that_somebody_else_has_now(self, as_admin, employee):
        """R107: history is also what was."""
        activity = ClientActivityFactory(owner=employee)
        activity.owner = EmployeeFactory()
        activity.save()

        assert as_admin.post(url("employee_deletion", employee)).status_code == 409

    def test_of_a_private_filter_is_no_history(self, as_admin, employee):
        SavedFilterFactory(owner=employee)

        assert as_admin.post(url("employee_deletion", employee)).status_code == 302

    def test_of_oneself_is_refused(self, as_admin, admin):
        assert as_admin.post(url("employee_deletion", admin)).status_code == 409
        assert Employee.objects.filter(pk=admin.pk).exists()

    def test_is_refused_without_the_right(self, employee):
        with pytest.raises(PermissionDenied):
            employees.delete(EmployeeFactory(), by=employee)


class TestTheLastAdministrator:
    def test_stays(self, admin):
        """Who acts is an administrator too, unless their role is being taken at the same moment."""
        other = AdminFactory()
        Employee.objects.filter(pk=admin.pk).update(is_active=False)

        with pytest.raises(Refusal, match="enige beheerder"):
            employees.refuse_for_last_administrator(other)
