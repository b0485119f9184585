import pytest
from django.core.cache import cache
from django.utils import translation

from tests.factories import AdminFactory, EmployeeFactory


@pytest.fixture
def employee(db):
    return EmployeeFactory(name="Marieke de Wit")


@pytest.fixture
def admin(db):
    return AdminFactory(name="Jan Smit")


@pytest.fixture
def as_employee(client, employee):
    client.force_login(employee)
    return client


@pytest.fixture
def as_admin(client, admin):
    client.force_login(admin)
    return client


@pytest.fixture(autouse=True)
def _language_of_the_office(settings):
    """A page leaves the language of its reader behind (crm/accounts/languages.py)."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture(autouse=True)
def uploads(settings, tmp_path):
    """Uploads of one test are not there in the next."""
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(autouse=True)
def nobody_tried_before():
    """The limits of one test (too many wrong passwords) hold in no other."""
    cache.clear()
