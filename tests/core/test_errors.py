import pytest
import time_machine
from django.db import OperationalError, connection
from django.test import Client

from crm.core import errors

pytestmark = [pytest.mark.urls("tests.core.urls"), pytest.mark.django_db]


@pytest.fixture
def visitor():
    """Sees the error page instead of the exception."""
    return Client(raise_request_exception=False)


class TestErrorPage:
    @pytest.mark.parametrize(
        ("address", "status", "title"),
        [
            ("/mis/400/", 400, "Dit verzoek is niet te lezen"),
            ("/mis/403/", 403, "U hebt hier geen recht toe"),
            ("/mis/404/", 404, "Deze pagina is er niet"),
            ("/nergens/", 404, "Deze pagina is er niet"),
            ("/mis/alleen-post/", 405, "Dit adres is geen pagina op zich"),
            ("/mis/413/", 413, "Dit is te groot"),
            ("/mis/woordloos/409/", 409, "Dit is intussen gewijzigd"),
            ("/mis/woordloos/429/", 429, "Dit ging te vaak"),
            ("/mis/500/", 500, "Er ging iets mis aan onze kant"),
            ("/mis/database/", 500, "Er ging iets mis aan onze kant"),
        ],
    )
    def test_says_in_dutch_what_is_the_matter(self, visitor, address, status, title):
        response = visitor.get(address)

        assert response.status_code == status
        assert title in response.text
        assert '<a class="btn btn-primary" href="/">' in response.text

    def test_leads_back_to_the_page_before(self, visitor):
        before = "http://testserver/relaties/7/"

        assert f'href="{before}"' in visitor.get("/mis/404/", headers={"Referer": before}).text
        assert "evil.example" not in visitor.get("/mis/404/", headers={"Referer": "https://evil.example/"}).text

    def test_comes_up_for_a_host_that_is_not_ours(self, visitor):
        response = visitor.get("/", headers={"Host": "evil.example", "Referer": "http://evil.example/"})

        assert response.status_code == 400
        assert "Dit verzoek is niet te lezen" in response.text

    def test_says_version_and_build(self, visitor, settings):
        """R4: whoever reports an error is asked for it."""
        settings.APP_VERSION, settings.APP_BUILD = "9.8.7", "654"

        assert "Archivaris, versie 9.8.7 (build 654)" in visitor.get("/mis/500/").text

    def test_says_its_number_and_when_it_was(self, visitor):
        with time_machine.travel("2026-03-02T09:30:00+01:00", tick=False):
            assert "Fout 404 · 02-03-2026 09:30" in " ".join(visitor.get("/nergens/").text.split())

    @pytest.mark.parametrize("status", [400, 403, 404, 413, 500])
    def test_tells_nothing_of_the_error_itself(self, visitor, status):
        assert "geheim" not in visitor.get(f"/mis/{status}/").text

    @pytest.mark.parametrize("status", [400, 403, 404, 500])
    def test_comes_as_a_notice_when_htmx_asked(self, visitor, status):
        response = visitor.get(f"/mis/{status}/", headers={"HX-Request": "true"})

        assert response.status_code == status
        assert response.text.lstrip().startswith('<div class="notice notice-danger" role="alert">')

    def test_comes_up_when_the_database_is_down(self, visitor, employee, monkeypatch):
        visitor.force_login(employee)
        monkeypatch.setattr(connection, "cursor", _refuse)

        response = visitor.get("/beheer/medewerkers/")

        assert response.status_code == 500
        assert "Er ging iets mis aan onze kant" in response.text

    def test_says_which_methods_there_are(self, visitor):
        assert visitor.get("/mis/alleen-post/")["Allow"] == "POST"

    def test_leaves_an_answer_with_words_alone(self, visitor):
        assert visitor.get("/mis/woordloos/200/").text == ""


class TestCsrfFailure:
    def test_says_to_refresh_the_page(self, employee):
        client = Client(enforce_csrf_checks=True)
        client.force_login(employee)

        response = client.post("/afmelden/")

        assert response.status_code == 403
        assert "vernieuw de pagina" in response.text


class TestRefusal:
    def test_is_a_page_with_the_sentence_and_a_way_back(self, as_employee):
        response = as_employee.get("/mis/weigering/", headers={"Referer": "http://testserver/relaties/7/"})

        assert response.status_code == 409
        assert "Los eerst de belemmering op." in response.text
        assert 'href="http://testserver/relaties/7/"' in response.text

    def test_does_not_lead_to_another_site(self, as_employee):
        response = as_employee.get("/mis/weigering/", headers={"Referer": "https://elders.example/"})

        assert "elders.example" not in response.text

    def test_is_only_the_notice_when_htmx_asked(self, as_employee):
        response = as_employee.get("/mis/weigering/", headers={"HX-Request": "true"})

        assert response.status_code == 409
        assert "Los eerst de belemmering op." in response.text
        assert "<html" not in response.text

    def test_carries_its_own_status(self, as_employee):
        assert as_employee.get("/mis/weigering-422/").status_code == 422

    def test_is_drawn_for_a_visitor_too(self, visitor):
        assert visitor.get("/mis/weigering/").status_code == 409

    def test_stands_for_a_fence_of_the_database(self, as_employee):
        response = as_employee.get("/mis/hek/")

        assert response.status_code == 409
        assert "intussen gearchiveerd" in response.text


class TestWords:
    def test_exist_for_a_status_nobody_thought_of(self):
        assert errors.words(418) == errors.words(400)


def _refuse(*args, **kwargs):
    raise OperationalError("the database is down")
