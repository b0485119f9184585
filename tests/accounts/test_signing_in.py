import pytest
from django.core.cache import cache
from django.test import Client

from crm import settings as site
from tests.factories import EmployeeFactory

pytestmark = pytest.mark.django_db
SIGN_IN = "/aanmelden/"
PASSWORD = "geheim-12345"


@pytest.fixture
def marieke():
    return EmployeeFactory(email="m.dewit@kantoor.example")


def sign_in(client, email="m.dewit@kantoor.example", password=PASSWORD, follow=False, **more):
    return client.post(SIGN_IN, {"login": email, "password": password, **more}, follow=follow)


class TestSignIn:
    def test_asks_for_e_mail_address_and_password(self, client):
        page = client.get(SIGN_IN)

        assert page.status_code == 200
        assert 'autocomplete="current-password"' in page.text

    def test_shows_version_and_build(self, client):
        """R4"""
        assert "versie 4.2.0 (build 105)" in client.get(SIGN_IN).text

    def test_lets_an_employee_in(self, client, marieke):
        response = sign_in(client)

        assert response.url == "/"
        assert client.session["_auth_user_id"] == str(marieke.pk)

    def test_goes_on_to_the_page_that_was_asked(self, client, marieke):
        assert sign_in(client, next="/relaties/7/").url == "/relaties/7/"

    def test_never_goes_on_to_another_site(self, client, marieke):
        assert sign_in(client, next="https://elders.example/").url == "/"

    @pytest.mark.parametrize(
        "typed",
        [{"password": "verkeerd"}, {"email": "niemand@kantoor.example"}, {"email": "", "password": ""}],
    )
    def test_refuses_what_does_not_belong_together(self, client, marieke, typed):
        response = sign_in(client, **typed)

        assert response.status_code == 200
        assert "_auth_user_id" not in client.session

    def test_says_what_to_do_about_a_wrong_password(self, client, marieke):
        page = sign_in(client, password="verkeerd").text

        assert "horen niet bij elkaar. Controleer ze en probeer het opnieuw." in page
        assert "verkeerd" not in page

    def test_says_the_same_of_an_unknown_address(self, client, marieke):
        """Who works here is nobody's business."""
        page = sign_in(client, email="niemand@kantoor.example").text

        assert "horen niet bij elkaar" in page

    def test_goes_slowly_for_who_guesses(self, client, marieke):
        for _try in range(10):
            sign_in(client, password="verkeerd")

        response = sign_in(client, email="M.deWit@kantoor.example")

        assert "Wacht vijf minuten" in response.text
        assert "_auth_user_id" not in client.session
        cache.clear()
        assert sign_in(client).url == "/"

    def test_counts_no_right_password(self, client, marieke):
        for _time in range(11):
            assert sign_in(client).url == "/"
            client.logout()

    def test_goes_on_counting_wrong_ones_after_a_right_one(self, client, marieke):
        """Else somebody with an account of their own could guess on for ever."""
        for _try in range(9):
            sign_in(client, password="verkeerd")
        sign_in(client)
        client.logout()
        sign_in(client, password="verkeerd")

        assert "Wacht vijf minuten" in sign_in(client).text

    def test_refuses_an_employee_who_has_left(self, client):
        EmployeeFactory(email="oud@kantoor.example", is_active=False)

        response = sign_in(client, email="oud@kantoor.example", follow=True)

        assert response.redirect_chain == [(SIGN_IN, 302)]
        assert "niet meer actief" in response.text
        assert "_auth_user_id" not in client.session

    def test_needs_its_token(self, marieke):
        client = Client(enforce_csrf_checks=True)

        assert sign_in(client).status_code == 403

    def test_sends_on_who_is_in_already(self, client, marieke):
        client.force_login(marieke)

        assert client.get(SIGN_IN).url == "/"

    def test_takes_the_whole_page_when_htmx_wanted_a_part(self, client):
        response = client.get(SIGN_IN, headers={"HX-Request": "true"})

        assert response["HX-Refresh"] == "true"


class TestTheLimits:
    def test_are_counted_for_all_web_processes_together(self, client, marieke, settings):
        """Without Redis too: in the database, not in the memory of each process."""
        settings.CACHES = {"default": site.CACHES["default"]}
        for _try in range(10):
            sign_in(client, password="verkeerd")

        assert "Wacht vijf minuten" in sign_in(client).text
        assert "DatabaseCache" in site.CACHES["default"]["BACKEND"]


class TestSignOut:
    def test_ends_the_session(self, client, marieke):
        client.force_login(marieke)

        response = client.post("/afmelden/")

        assert response.url == SIGN_IN
        assert "_auth_user_id" not in client.session

    def test_happens_by_button_only(self, client, marieke):
        client.force_login(marieke)

        assert client.get("/afmelden/").status_code == 405
        assert "_auth_user_id" in client.session
