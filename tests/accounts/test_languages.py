"""Everybody reads the site in a language of their own; customers read that of the office (issue 3)."""

import pytest
from django.urls import reverse

from portals.mailing import composing
from tests.factories import EmployeeFactory, MailSenderFactory, OutgoingMailFactory
from tests.jobs.jobs import ended_job

pytestmark = pytest.mark.django_db
CHOOSE, SIGN_IN, LIST = "/taal/", "/aanmelden/", "/relaties/?status=client&sort=-name"


@pytest.fixture
def swede(client):
    employee = EmployeeFactory(language="sv")
    client.force_login(employee)
    return employee


def choose(client, language="sv", **more):
    return client.post(CHOOSE, {"language": language, **more})


class TestAVisitor:
    def test_reads_dutch(self, client):
        page = client.get(SIGN_IN)

        assert '<html lang="nl">' in page.text
        assert page["Content-Language"] == "nl"

    def test_reads_dutch_whatever_the_browser_prefers(self, client):
        assert '<html lang="nl">' in client.get(SIGN_IN, headers={"Accept-Language": "sv,en;q=0.8"}).text

    def test_reads_what_was_chosen_in_this_browser(self, client):
        choose(client, next=SIGN_IN)

        page = client.get(SIGN_IN).text

        assert '<html lang="sv">' in page
        assert "Logga in" in page

    def test_reads_dutch_when_the_cookie_names_no_language(self, client):
        client.cookies["django_language"] = "../../etc"

        assert '<html lang="nl">' in client.get(SIGN_IN).text

    def test_reads_an_error_in_that_language_too(self, client):
        choose(client, "en")

        assert '<html lang="en">' in client.get("/nergens/").text


class TestAnEmployee:
    def test_reads_dutch_until_another_is_chosen(self, as_employee):
        assert '<html lang="nl">' in as_employee.get(LIST).text

    def test_reads_the_language_that_was_chosen(self, as_employee, employee):
        choose(as_employee)

        employee.refresh_from_db()
        assert employee.language == "sv"
        assert '<html lang="sv">' in as_employee.get(LIST).text

    def test_keeps_it_in_every_browser(self, client, swede):
        client.cookies["django_language"] = "en"

        assert '<html lang="sv">' in client.get(LIST).text

    def test_reads_dutch_when_their_language_is_no_longer_there(self, client, swede):
        type(swede).objects.filter(pk=swede.pk).update(language="fi")

        assert '<html lang="nl">' in client.get(LIST).text

    def test_reads_a_refusal_in_it(self, client, swede):
        assert "Sidan finns inte" in client.get("/relaties/0/").text

    def test_reads_the_page_to_sign_in_in_it_afterwards(self, as_employee):
        choose(as_employee)
        as_employee.post("/afmelden/")

        assert '<html lang="sv">' in as_employee.get(SIGN_IN).text

    def test_is_shown_version_and_build_in_it(self, client, swede):
        """R4"""
        assert "version 4.2.0 (build 105)" in client.get(LIST).text


class TestChoosing:
    def test_keeps_where_one_is(self, as_employee):
        assert choose(as_employee, next=LIST).url == LIST

    @pytest.mark.parametrize("elsewhere", ["https://elders.example/", "//elders.example/", "javascript:alert(1)", ""])
    def test_never_goes_to_another_site(self, as_employee, elsewhere):
        assert choose(as_employee, next=elsewhere).url == "/"

    def test_is_offered_on_every_page_with_its_address(self, as_employee):
        page = as_employee.get(LIST).text

        assert '<input type="hidden" name="next" value="/relaties/?status=client&amp;sort=-name">' in page
        assert all(name in page for name in ("Nederlands", "English", "Svenska"))

    def test_is_not_offered_where_something_typed_would_be_lost(self, as_employee):
        page = as_employee.post("/relaties/nieuw/", {"name": ""})

        assert page.status_code == 422
        assert CHOOSE not in page.text

    @pytest.mark.parametrize("language", ["", "fi", "nl-be", "nl\x00"])
    def test_refuses_what_is_no_language_of_ours(self, as_employee, employee, language):
        answer = choose(as_employee, language)

        employee.refresh_from_db()
        assert answer.status_code == 400
        assert employee.language == "nl"


class TestWhatIsMadeForSomebody:
    def test_a_file_speaks_their_language(self, client, swede):
        job = ended_job(swede, done=1)

        lines = client.get(reverse("jobs:outcomes", args=[job.pk, "csv"])).getvalue().decode()

        assert lines.startswith("\ufeffNummer;Namn;Utfall;Orsak")

    def test_a_report_does_too(self, client, swede):
        report = client.get("/rapporten/omzet/?jaar=2026&bestand=csv")

        assert report.text.startswith("\ufeffMånad;Fakturor;Netto;Moms")
        assert report["Content-Disposition"] == 'attachment; filename="omsattning-2026.csv"'


class TestACustomer:
    def test_reads_the_language_of_the_office(self, client, swede):
        choose(client)

        assert '<html lang="nl">' in client.get("/portaal/aanmelden/").text

    def test_gets_mail_in_it(self, client, swede):
        choose(client)

        mail = composing.compose(OutgoingMailFactory(), MailSenderFactory(name="Kantoor"))

        assert mail.subject == "Uw account bij Kantoor"
