"""The second step at signing in: code app, recovery codes and passkeys."""

import json

import pytest
from allauth.mfa.models import Authenticator

from crm.accounts.models import SignIn
from tests.accounts.second_steps import Passkey, code, code_app, confirm, passkey, recovery_codes
from tests.factories import AdminFactory, EmployeeFactory

pytestmark = pytest.mark.django_db
PASSWORD = "geheim-12345"


def sign_in(client, employee):
    return client.post("/aanmelden/", {"login": employee.email, "password": PASSWORD})


def is_in(client):
    return "_auth_user_id" in client.session


def options(answer):
    return json.loads(answer.text.split('id="passkey-options" type="application/json">')[1].split("</script>")[0])


@pytest.fixture
def signed_in(client, employee):
    client.force_login(employee)
    confirm(client, employee)
    return client


class TestTheCodeApp:
    def test_is_set_up_with_the_code_it_shows(self, signed_in, employee):
        signed_in.get("/account/code-app/")
        secret = signed_in.session["mfa.totp.secret"]

        response = signed_in.post("/account/code-app/", {"code": code(secret)})

        assert response.url == "/account/herstelcodes/"
        assert {step.type for step in employee.authenticator_set.all()} == {"totp", "recovery_codes"}

    def test_is_not_set_up_with_another_code(self, signed_in, employee):
        signed_in.get("/account/code-app/")

        response = signed_in.post("/account/code-app/", {"code": "000000"})

        assert "Deze code klopt niet" in response.text
        assert not employee.authenticator_set.exists()

    def test_is_asked_after_the_password(self, client, employee):
        secret = code_app(employee)

        assert sign_in(client, employee).url == "/aanmelden/code/"
        assert not is_in(client)
        client.post("/aanmelden/code/", {"code": code(secret)})

        assert is_in(client)

    def test_lets_nobody_in_with_a_wrong_code(self, client, employee):
        code_app(employee)
        sign_in(client, employee)

        response = client.post("/aanmelden/code/", {"code": "000000"})

        assert "Deze code klopt niet" in response.text
        assert not is_in(client)

    def test_goes_slowly_for_who_guesses(self, client, employee):
        secret = code_app(employee)
        sign_in(client, employee)
        for _try in range(10):
            client.post("/aanmelden/code/", {"code": "000000"})

        response = client.post("/aanmelden/code/", {"code": code(secret)})

        assert "Wacht vijf minuten" in response.text
        assert not is_in(client)

    def test_has_recovery_codes_that_work_once(self, client, employee):
        code_app(employee)
        spare = recovery_codes(employee)[0]
        for outcome in (True, False):
            sign_in(client, employee)

            client.post("/aanmelden/code/", {"code": spare})

            assert is_in(client) is outcome
            client.logout()

    def test_is_removed_after_confirming(self, signed_in, employee):
        code_app(employee)

        signed_in.post("/account/code-app/verwijdering/")

        assert not employee.authenticator_set.exists()

    def test_is_not_touched_without_confirming(self, client, employee):
        code_app(employee)
        client.force_login(employee)

        assert client.post("/account/code-app/verwijdering/").url.startswith("/account/bevestiging/")
        assert employee.authenticator_set.exists()


class TestAPasskey:
    @pytest.fixture
    def device(self, signed_in, employee):
        device, given = Passkey(), options(signed_in.get("/account/passkeys/nieuw/"))
        made = device.create(given["creation_options"]["publicKey"]["challenge"], employee)
        signed_in.post("/account/passkeys/nieuw/", {"name": "Laptop", "credential": json.dumps(made)})
        return device

    def test_is_added(self, device, signed_in):
        assert "Laptop" in signed_in.get("/account/passkeys/").text

    def test_signs_in_without_a_password(self, device, client, employee):
        client.logout()
        given = client.get("/aanmelden/passkey/", headers={"Accept": "application/json"}).json()

        signed = device.get(given["request_options"]["publicKey"]["challenge"])
        client.post("/aanmelden/passkey/", {"credential": json.dumps(signed)})

        assert client.session["_auth_user_id"] == str(employee.pk)
        assert SignIn.objects.get().method == "passkey"

    def test_is_a_second_step_after_the_password(self, device, client, employee):
        client.logout()
        sign_in(client, employee)
        given = options(client.get("/aanmelden/code/"))

        signed = device.get(given["request_options"]["publicKey"]["challenge"])
        client.post("/aanmelden/code/", {"credential": json.dumps(signed)})

        assert is_in(client)
        assert SignIn.objects.get().method == "key"

    @pytest.mark.parametrize("sent", ["", "{}", "[]", "7", "geen json", '{"id": "AA", "response": {}}'])
    @pytest.mark.parametrize("url", ["/aanmelden/passkey/", "/account/passkeys/nieuw/"])
    def test_that_cannot_be_read_changes_nothing(self, client, employee, url, sent):
        if url.startswith("/account/"):
            client.force_login(employee)
            confirm(client, employee)

        response = client.post(url, {"credential": sent, "name": "Laptop"}, follow=True)

        assert response.status_code == 200
        assert not employee.authenticator_set.exists()

    def test_of_somebody_else_signs_nobody_in(self, device, client):
        """What was signed for another challenge."""
        client.logout()
        client.get("/aanmelden/passkey/", headers={"Accept": "application/json"})

        response = client.post("/aanmelden/passkey/", {"credential": json.dumps(device.get("AAAA"))}, follow=True)

        assert "Deze code klopt niet" in response.text
        assert not is_in(client)

    def test_gets_another_name(self, signed_in, employee):
        mine = passkey(employee)

        signed_in.post(f"/account/passkeys/{mine.pk}/", {"name": "Telefoon"})

        assert "Telefoon" in signed_in.get("/account/passkeys/").text

    def test_is_removed(self, signed_in, employee):
        mine = passkey(employee)

        signed_in.post(f"/account/passkeys/{mine.pk}/verwijdering/")

        assert not employee.authenticator_set.exists()


class TestWhereAdministratorsNeedOne:
    @pytest.fixture(autouse=True)
    def demanded(self, settings):
        settings.SECOND_STEP_FOR_ADMINISTRATORS = True

    def test_sends_one_without_to_where_it_is_set_up(self, as_admin):
        response = as_admin.get("/relaties/", follow=True)

        assert response.redirect_chain == [("/account/", 302)]
        assert "Beheerders hebben hier een tweede stap nodig." in response.text

    def test_takes_the_whole_page_there_when_htmx_wanted_a_part(self, as_admin):
        response = as_admin.get("/relaties/", headers={"HX-Request": "true"})

        assert response["HX-Redirect"] == "/account/"

    def test_lets_nothing_be_done_before(self, as_admin, employee):
        as_admin.post(f"/beheer/medewerkers/{employee.pk}/verwijderrecht/")

        assert not employee.erasing_grants.exists()

    def test_lets_one_with_it_work(self, as_admin, admin):
        code_app(admin)

        assert as_admin.get("/relaties/").status_code == 200

    def test_asks_nothing_of_employees(self, as_employee):
        assert as_employee.get("/relaties/").status_code == 200

    def test_asks_the_database_once_a_session(self, as_admin, admin, django_assert_num_queries):
        code_app(admin)
        as_admin.get("/relaties/")

        session = as_admin.session
        assert session["has_second_step"] is True

    @pytest.mark.parametrize("page", ["/account/code-app/", "/account/sessies/", "/account/wachtwoord/"])
    def test_leaves_ones_own_account_open(self, as_admin, admin, page):
        confirm(as_admin, admin)

        assert as_admin.get(page).status_code == 200

    def test_keeps_the_last_one(self, client):
        admin = AdminFactory()
        client.force_login(admin)
        confirm(client, admin)
        only = passkey(admin)

        answer = client.post(f"/account/passkeys/{only.pk}/verwijdering/")

        assert answer.status_code == 409
        assert Authenticator.objects.filter(pk=only.pk).exists()

    def test_keeps_the_last_code_app(self, as_admin, admin):
        code_app(admin)
        confirm(as_admin, admin)

        assert "Voeg eerst een andere toe." in as_admin.post("/account/code-app/verwijdering/").text
        assert admin.authenticator_set.filter(type="totp").exists()

    def test_lets_an_employee_go_without(self, client):
        employee = EmployeeFactory()
        client.force_login(employee)
        confirm(client, employee)
        code_app(employee)

        client.post("/account/code-app/verwijdering/")

        assert not employee.authenticator_set.exists()
