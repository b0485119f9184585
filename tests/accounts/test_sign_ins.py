"""The record of who signed in, and the page that shows it to administrators."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from crm.accounts.models import SignIn
from crm.accounts.tasks import forget_sign_ins
from tests.accounts.second_steps import code, code_app, recovery_codes
from tests.factories import EmployeeFactory

pytestmark = pytest.mark.django_db
LIST = "/beheer/aanmeldingen/"
PASSWORD = "geheim-12345"


@pytest.fixture
def marieke():
    return EmployeeFactory(name="Marieke de Wit", email="m.dewit@kantoor.example")


def sign_in(email="m.dewit@kantoor.example", password=PASSWORD):
    client = Client()
    client.post("/aanmelden/", {"login": email, "password": password})
    return client


def recorded():
    return [(row.employee, row.method, row.outcome) for row in SignIn.objects.all()]


class TestTheRecord:
    def test_has_who_when_how_and_that_it_went_well(self, marieke):
        earliest = timezone.now()

        sign_in()

        assert recorded() == [(marieke, "password", "in")]
        assert earliest <= SignIn.objects.get().at <= timezone.now()

    def test_has_a_wrong_password(self, marieke):
        sign_in(password="verkeerd")

        assert recorded() == [(marieke, "password", "refused")]

    def test_has_an_unknown_address_without_the_address(self):
        sign_in("niemand@elders.example")

        assert recorded() == [(None, "password", "refused")]
        assert not any("elders" in str(value) for value in SignIn.objects.values().get().values())

    def test_has_who_goes_too_fast(self, marieke):
        for _try in range(11):
            sign_in(password="verkeerd")

        assert recorded()[0] == (marieke, "password", "too_often")

    def test_has_who_left(self):
        former = EmployeeFactory(email="oud@kantoor.example", is_active=False)

        sign_in("oud@kantoor.example")

        assert recorded() == [(former, "password", "left")]

    def test_has_a_password_with_a_code(self, marieke):
        secret = code_app(marieke)
        client = sign_in()
        assert recorded() == []

        client.post("/aanmelden/code/", {"code": "000000"})
        client.post("/aanmelden/code/", {"code": code(secret)})

        assert recorded() == [(marieke, "code", "in"), (marieke, "code", "refused")]

    def test_has_a_recovery_code(self, marieke):
        code_app(marieke)

        sign_in().post("/aanmelden/code/", {"code": recovery_codes(marieke)[0]})

        assert recorded() == [(marieke, "recovery", "in")]

    def test_has_nothing_of_confirming_during_work(self, marieke):
        client = sign_in()

        client.post("/account/bevestiging/", {"password": "verkeerd"})
        client.post("/account/bevestiging/", {"password": PASSWORD})

        assert len(recorded()) == 1

    def test_forgets_after_a_year(self, marieke):
        SignIn.objects.create(
            employee=marieke, method="password", outcome="in", at=timezone.now() - timedelta(days=366)
        )
        sign_in()

        forget_sign_ins()

        assert SignIn.objects.count() == 1


class TestTheList:
    def test_shows_what_came_of_each(self, as_admin, marieke):
        sign_in()
        sign_in(password="verkeerd")

        page = as_admin.get(LIST).text

        assert "Marieke de Wit" in page
        assert "Geweigerd" in page

    def test_shows_one_employee(self, as_admin, marieke):
        sign_in()
        sign_in("niemand@kantoor.example")

        listing = as_admin.get(LIST, {"employee": marieke.pk}).context["listing"]

        assert [row.employee for row in listing.rows] == [marieke]

    def test_shows_unknown_addresses(self, as_admin, marieke):
        sign_in()
        sign_in("niemand@kantoor.example")

        listing = as_admin.get(LIST, {"employee": "nobody"}).context["listing"]

        assert [row.employee for row in listing.rows] == [None]

    @pytest.mark.parametrize("address", ["?employee=999999", "?outcome=ooit", "?method=x", "?q=x", "?page=9"])
    def test_refuses_an_address_it_does_not_understand(self, as_admin, address):
        """B3"""
        response = as_admin.get(LIST + address)

        assert response.status_code == 400
        assert not response.context["listing"].rows

    def test_asks_the_database_as_often_for_thirty_as_for_three(self, as_admin):
        few = self._queries(as_admin, 3)

        assert self._queries(as_admin, 27) == few

    def _queries(self, client, more):
        for _n in range(more):
            SignIn.objects.create(employee=EmployeeFactory(), method="password", outcome="in")
        with CaptureQueriesContext(connection) as queries:
            client.get(LIST)
        return len(queries)

    def test_is_refused_to_an_employee(self, as_employee):
        assert as_employee.get(LIST).status_code == 403
