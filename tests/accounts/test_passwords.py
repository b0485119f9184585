"""A forgotten password, another password, and where one is signed in."""

import re
from smtplib import SMTPServerDisconnected

import pytest
from celery.exceptions import MaxRetriesExceededError
from django.core import mail
from django.test import Client

from crm.accounts import letters, tasks
from crm.accounts.models import Employee
from tests.factories import EmployeeFactory

pytestmark = pytest.mark.django_db
OLD, NEW = "geheim-12345", "paard-batterij-nietje"
FORGOTTEN = "/wachtwoord-vergeten/"


@pytest.fixture
def marieke():
    return EmployeeFactory(email="m.dewit@kantoor.example", password=OLD)


def sign_in(client, password=OLD):
    return client.post("/aanmelden/", {"login": "m.dewit@kantoor.example", "password": password})


def link():
    return re.search(r"http://localhost:8000(/wachtwoord/\S+)", mail.outbox[-1].body).group(1)


def choose(client, address, password=NEW, again=None):
    page = client.get(address, follow=True)
    return client.post(page.redirect_chain[-1][0], {"password1": password, "password2": again or password})


class TestAForgottenPassword:
    def test_is_replaced_with_the_link_in_a_mail(self, client, marieke):
        client.post(FORGOTTEN, {"email": "M.DeWit@kantoor.example"})

        choose(client, link())

        assert sign_in(client, NEW).url == "/"

    def test_has_a_link_that_works_once(self, client, marieke):
        client.post(FORGOTTEN, {"email": marieke.email})
        address = link()
        choose(client, address)

        assert "Deze link werkt niet meer" in client.get(address).text

    def test_has_a_link_to_our_own_address_whatever_was_asked(self, client, marieke, settings):
        """Somebody could ask with the name of another host, and the link would hand them the password."""
        settings.ALLOWED_HOSTS = ["*"]

        client.post(FORGOTTEN, {"email": marieke.email}, headers={"Host": "elders.example"})

        assert "elders.example" not in mail.outbox[0].body

    @pytest.mark.parametrize("who", ["nobody", "former"])
    def test_answers_the_same_for_an_address_without_account(self, client, marieke, who):
        """Who works here is nobody's business."""
        EmployeeFactory(email="former@kantoor.example", is_active=False)
        known = client.post(FORGOTTEN, {"email": marieke.email}, follow=True)
        mail.outbox.clear()

        unknown = client.post(FORGOTTEN, {"email": f"{who}@kantoor.example"}, follow=True)

        assert (unknown.redirect_chain, unknown.text) == (known.redirect_chain, known.text)
        assert not mail.outbox

    def test_can_be_asked_three_times_an_hour(self, client, marieke):
        answers = [client.post(FORGOTTEN, {"email": marieke.email}).status_code for _time in range(4)]

        assert answers == [302, 302, 302, 429]
        assert len(mail.outbox) == 3

    @pytest.mark.parametrize(("password", "again"), [("kort", None), ("12345678901", None), (NEW, "anders-dan-dit")])
    def test_stays_when_the_new_one_will_not_do(self, client, marieke, password, again):
        client.post(FORGOTTEN, {"email": marieke.email})

        choose(client, link(), password, again)

        assert sign_in(client).url == "/"

    def test_ends_the_sessions_that_began_with_it(self, client, marieke):
        theirs = Client()
        sign_in(theirs)
        client.post(FORGOTTEN, {"email": marieke.email})

        choose(client, link())

        assert theirs.get("/relaties/").url.startswith("/aanmelden/")


class TestTheLetter:
    def test_is_sent_again_when_the_server_is_away(self, marieke, monkeypatch):
        tried = []

        def away(*args):
            tried.append(args)
            raise SMTPServerDisconnected

        monkeypatch.setattr(letters, "send", away)

        outcome = tasks.send_letter.apply(kwargs={"employee_id": marieke.pk, "kind": "reset"})

        assert len(tried) == tasks.TRIES
        assert isinstance(outcome.result, MaxRetriesExceededError)

    def test_is_in_the_language_of_who_gets_it(self, marieke):
        Employee.objects.filter(pk=marieke.pk).update(language="sv")

        letters.send(marieke.pk, letters.LetterKind.RESET)

        assert mail.outbox[0].subject == "Ditt nya lösenord"
        assert "Länken fungerar en gång, i 3 dagar" in mail.outbox[0].body

    def test_of_who_left_meanwhile_is_not_sent(self, marieke):
        Employee.objects.filter(pk=marieke.pk).update(is_active=False)

        letters.send(marieke.pk, letters.LetterKind.RESET)

        assert not mail.outbox


class TestAnotherPassword:
    def change(self, client, old=OLD, new=NEW, again=NEW):
        return client.post("/account/wachtwoord/", {"oldpassword": old, "password1": new, "password2": again})

    def test_keeps_one_signed_in_here_and_nowhere_else(self, client, marieke):
        theirs = Client()
        sign_in(theirs)
        sign_in(client)

        self.change(client)

        assert client.get("/relaties/").status_code == 200
        assert theirs.get("/relaties/").url.startswith("/aanmelden/")

    def test_is_the_one_to_sign_in_with(self, client, marieke):
        sign_in(client)

        self.change(client)
        client.logout()

        assert sign_in(client, NEW).url == "/"

    @pytest.mark.parametrize("wrong", [{"old": "verkeerd"}, {"new": "kort", "again": "kort"}, {"again": "anders"}])
    def test_stays_when_something_is_wrong(self, client, marieke, wrong):
        sign_in(client)

        assert 'class="error"' in self.change(client, **wrong).text
        client.logout()

        assert sign_in(client).url == "/"


class TestSessions:
    def test_are_shown(self, client, marieke):
        client.post(
            "/aanmelden/",
            {"login": marieke.email, "password": OLD},
            headers={"User-Agent": "Firefox op kantoor"},
        )

        page = client.get("/account/sessies/").text

        assert "Firefox op kantoor" in page
        assert "deze" in page

    def test_elsewhere_are_ended(self, client, marieke):
        theirs = Client()
        sign_in(theirs)
        sign_in(client)

        client.post("/account/sessies/")

        assert client.get("/relaties/").status_code == 200
        assert theirs.get("/relaties/").url.startswith("/aanmelden/")

    def test_of_a_colleague_are_neither_shown_nor_ended(self, client, marieke):
        colleague = EmployeeFactory(email="collega@kantoor.example")
        theirs = Client(headers={"User-Agent": "Van een collega"})
        theirs.post("/aanmelden/", {"login": colleague.email, "password": OLD})
        sign_in(client)

        assert "Van een collega" not in client.get("/account/sessies/").text
        client.post("/account/sessies/")

        assert theirs.get("/relaties/").status_code == 200
