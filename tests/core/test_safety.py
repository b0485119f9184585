"""What the browser is told about what our pages may do."""

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings as site
from django.urls import Resolver404, resolve

from tests.factories import RelationFactory, UploadedDossierItemFactory

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
PAGES = ["/relaties/", "/account/", "/nergens/"]


def policy(response):
    parts = [part.split() for part in response["Content-Security-Policy"].split(";")]
    return {name: sources for name, *sources in parts}


class TestThePolicyOfContents:
    @pytest.mark.parametrize("page", [*PAGES, "/aanmelden/"])
    def test_runs_and_shows_only_what_is_ours(self, as_employee, client, page):
        if page == "/aanmelden/":
            client.logout()

        found = policy(as_employee.get(page))

        assert found["default-src"] == ["'self'"]
        assert found["style-src"] == ["'self'"]
        assert "'unsafe-inline'" not in str(found)
        assert "'unsafe-eval'" not in str(found)
        assert found["object-src"] == found["frame-ancestors"] == ["'none'"]

    def test_gives_each_page_a_nonce_of_its_own(self, as_employee):
        nonces = {as_employee.get("/relaties/")["Content-Security-Policy"] for _time in range(2)}

        assert len(nonces) == 2


class TestThePermissionsPolicy:
    @pytest.mark.parametrize("page", PAGES)
    def test_opens_no_camera_and_lets_passkeys_work(self, as_employee, page):
        policy = as_employee.get(page)["Permissions-Policy"]

        assert "camera=(), " in policy
        assert "publickey-credentials-get=(self)" in policy


class TestOtherHeaders:
    def test_let_no_site_frame_us_or_guess_at_contents(self, as_employee):
        response = as_employee.get("/relaties/")

        assert response["X-Frame-Options"] == "DENY"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Referrer-Policy"] == "same-origin"
        assert response["Cross-Origin-Opener-Policy"] == "same-origin"

    def test_keep_the_session_from_scripts_and_other_sites(self, client, employee):
        cookie = client.post("/aanmelden/", {"login": employee.email, "password": "geheim-12345"}).cookies["sessionid"]

        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"


@cache
def told():
    """What settings are with HTTPS=1, as another process has them."""
    names = ["SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_HSTS_SECONDS", "DEBUG"]
    names += ["SECURE_HSTS_INCLUDE_SUBDOMAINS", "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN"]
    program = f"import json; from crm import settings as s; print(json.dumps({{n: getattr(s, n) for n in {names}}}))"
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env={**os.environ, "HTTPS": "1"}, capture_output=True, check=True
    )
    return json.loads(run.stdout)


class TestForRealUse:
    def test_cookies_go_over_https_only(self):
        assert told()["SESSION_COOKIE_SECURE"]
        assert told()["CSRF_COOKIE_SECURE"]

    def test_visitors_are_sent_to_https_for_a_year(self):
        assert told()["SECURE_SSL_REDIRECT"]
        assert told()["SECURE_HSTS_SECONDS"] == 365 * 24 * 3600
        assert told()["SECURE_HSTS_INCLUDE_SUBDOMAINS"]

    def test_a_passkey_works_for_our_own_address_only(self):
        assert not told()["MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN"]

    def test_nothing_is_said_of_how_the_site_is_made(self):
        assert not told()["DEBUG"]

    def test_the_browser_is_told_to_come_back_over_https(self, client, settings):
        settings.SECURE_HSTS_SECONDS = 31_536_000

        assert client.get("/aanmelden/", secure=True)["Strict-Transport-Security"].startswith("max-age=31536000")


class TestUploads:
    def test_are_at_no_address_by_themselves(self, as_admin):
        """A file is given out by a page that checks the right and sends it as a download, never by its own name."""
        item = UploadedDossierItemFactory(relation=RelationFactory())

        with pytest.raises(Resolver404):
            resolve(f"/media/{item.file.name}")
        assert not site.MEDIA_URL.strip("/")

    def test_are_kept_outside_what_the_site_serves(self):
        served = [site.STATIC_ROOT, *site.STATICFILES_DIRS]

        assert not any(Path(site.MEDIA_ROOT).resolve().is_relative_to(folder) for folder in served)

    def test_are_kept_under_a_name_that_says_nothing(self):
        item = UploadedDossierItemFactory(relation=RelationFactory(name="Bakkerij Jansen"))

        assert "jansen" not in item.file.name.lower()
