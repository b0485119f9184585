import re

import pytest
from django.urls import reverse

from crm.accounts.models import Employee
from tests.factories import AdminFactory

pytestmark = pytest.mark.django_db
PAGE = "/beheer/medewerkers/"


class TestShell:
    def test_shows_version_and_build(self, as_admin):
        """R4"""
        assert "versie 4.2.0 (build 105)" in as_admin.get(PAGE).text

    def test_names_the_employee_and_lets_them_sign_out(self, as_admin):
        page = as_admin.get(PAGE).text

        assert "Jan Smit" in page
        assert f'<form method="post" action="{reverse("accounts:sign_out")}">' in page

    def test_leads_a_name_written_as_html_nowhere(self, client):
        client.force_login(AdminFactory(name="<script>alert(1)</script>"))

        assert "<script>alert(1)" not in client.get(PAGE).text

    def test_searches_everything_from_every_page(self, as_admin):
        page = as_admin.get(PAGE).text

        assert f'action="{reverse("core:search")}"' in page
        assert 'name="q"' in page


class TestContentSecurityPolicy:
    @pytest.mark.parametrize("address", [PAGE, "/aanmelden/", "/nergens/"])
    def test_allows_nothing_inline(self, client, address):
        if address == PAGE:
            client.force_login(AdminFactory())

        policy = client.get(address)["Content-Security-Policy"]

        assert "unsafe" not in policy
        assert "style-src 'self';" in policy

    @pytest.mark.parametrize("address", [PAGE, "/aanmelden/", "/nergens/"])
    def test_finds_no_inline_style_or_handler(self, client, address):
        if address == PAGE:
            client.force_login(AdminFactory())

        page = client.get(address).text

        assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", page)

    def test_gives_every_script_the_nonce(self, as_admin):
        response = as_admin.get(PAGE)
        nonce = re.search(r"'nonce-([^']+)'", response["Content-Security-Policy"])[1]

        scripts = re.findall(r"<script[^>]*>", response.text)

        assert scripts
        assert all(f'nonce="{nonce}"' in script for script in scripts)


class TestEveryPage:
    def test_asks_a_visitor_to_sign_in(self, client):
        response = client.get(PAGE)

        assert response.status_code == 302
        assert response.url == f"/aanmelden/?next={PAGE}"

    @pytest.mark.parametrize("address", [PAGE, "/relaties/", "/rapporten/debiteuren/?bestand=csv", "/relaties/0/"])
    def test_leaves_no_copy_behind_for_who_uses_the_computer_next(self, as_admin, address):
        assert "no-store" in as_admin.get(address)["Cache-Control"]

    def test_refuses_an_employee_who_has_left(self, as_admin, admin):
        Employee.objects.filter(pk=admin.pk).update(is_active=False)

        assert as_admin.get(PAGE).status_code == 302
