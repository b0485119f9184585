"""Each page before signing in and of one's own account: works, asks to sign in, refuses another method."""

import pytest
from django.urls import reverse

from tests.accounts.second_steps import code_app, confirm, passkey
from tests.factories import EmployeeFactory

pytestmark = pytest.mark.django_db
READ, BOTH, WRITE = {"get"}, {"get", "post"}, {"post"}

ENTRANCES = {  # open to who is not signed in
    "account_login": BOTH,
    "account_logout": WRITE,
    "account_reset_password": BOTH,
    "account_reset_password_done": READ,
    "account_reset_password_from_key": BOTH,
    "account_reset_password_from_key_done": READ,
    "mfa_authenticate": BOTH,
    "mfa_login_webauthn": BOTH,
}
OWN = {
    "mfa_index": READ,
    "account_change_password": BOTH,
    "usersessions_list": BOTH,
    "account_reauthenticate": BOTH,
    "mfa_reauthenticate": BOTH,
    "mfa_reauthenticate_webauthn": BOTH,
    "mfa_activate_totp": BOTH,
    "mfa_deactivate_totp": BOTH,
    "mfa_view_recovery_codes": READ,
    "mfa_generate_recovery_codes": BOTH,
    "mfa_download_recovery_codes": READ,
    "mfa_list_webauthn": READ,
    "mfa_add_webauthn": BOTH,
    "mfa_edit_webauthn": BOTH,
    "mfa_remove_webauthn": BOTH,
}
NAMES = ENTRANCES.keys() | OWN.keys()
FOR_WHO_HAS_NONE = {"mfa_activate_totp"}
OF_ONE_PASSKEY = {"mfa_edit_webauthn", "mfa_remove_webauthn"}


def _set_up(employee, name):
    if name == "mfa_reauthenticate_webauthn":
        passkey(employee)
    elif name not in FOR_WHO_HAS_NONE:
        code_app(employee)


def address(name, employee):
    if name in OF_ONE_PASSKEY:
        return reverse(name, args=[passkey(employee).pk])
    if name == "account_reset_password_from_key":
        return reverse(name, kwargs={"uidb36": "1", "key": "oud"})
    return reverse(name)


@pytest.fixture
def protected(client):
    """Signed in, and confirmed just now."""
    employee = EmployeeFactory()
    client.force_login(employee)
    confirm(client, employee)
    return employee


@pytest.mark.parametrize(
    "name", sorted(ENTRANCES.keys() - {"account_logout", "mfa_authenticate", "mfa_login_webauthn"})
)
def test_before_signing_in_is_there(client, name):
    assert client.get(address(name, None)).status_code == 200


@pytest.mark.parametrize("name", sorted(OWN))
def test_of_ones_own_account_is_there(client, protected, name):
    _set_up(protected, name)

    assert client.get(address(name, protected)).status_code == 200


@pytest.mark.parametrize("name", sorted(OWN))
def test_of_ones_own_account_asks_to_sign_in(client, employee, name):
    url = address(name, employee)

    answers = [getattr(client, method)(url) for method in OWN[name]]

    assert all(answer.status_code == 302 and answer.url.startswith("/aanmelden/") for answer in answers)


@pytest.mark.parametrize("name", sorted(OWN))
def test_of_ones_own_account_refuses_another_method(client, protected, name):
    _set_up(protected, name)
    url = address(name, protected)

    answers = [getattr(client, method)(url) for method in {"get", "post", "patch"} - OWN[name]]

    assert {answer.status_code for answer in answers} == {405}


@pytest.mark.parametrize("name", sorted(OF_ONE_PASSKEY))
def test_of_a_passkey_is_not_there_for_a_colleague(client, protected, name):
    theirs = passkey(EmployeeFactory())

    assert client.get(reverse(name, args=[theirs.pk])).status_code == 404


@pytest.mark.parametrize("name", ["mfa_authenticate", "mfa_login_webauthn"])
def test_of_a_sign_in_that_has_not_begun_begins_it(client, name):
    assert client.get(reverse(name)).url == "/aanmelden/"


def test_says_that_somebody_goes_too_fast(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    client.get("/aanmelden/")
    client.post("/aanmelden/", {})

    answer = client.post("/aanmelden/", {})

    assert answer.status_code == 429
    assert "Wacht even, hoogstens een uur" in answer.text
