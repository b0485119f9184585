"""A real browser before the real site: pages at the address of pytest-django's live server."""

import os

import pytest

from tests.factories import AdminFactory, EmployeeFactory
from tests.journeys import browser, office

# Playwright runs an event loop in the thread of the tests, where Django would refuse to be asked anything.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

PASSWORD = "geheim-12345"


def pytest_collection_modifyitems(items):
    for item in items:
        if item.path.parent.name == "journeys":
            item.add_marker("journey")
            item.add_marker("slow")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {**browser_type_launch_args, **browser.launch_options()}


@pytest.fixture(scope="session")
def base_url(live_server):
    return live_server.url


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {**browser_context_args, "locale": "nl-NL", "viewport": {"width": 1280, "height": 800}}


@pytest.fixture(autouse=True)
def _real_site(transactional_db, live_server):
    """What a test makes is there for the server's threads."""


@pytest.fixture
def employee(transactional_db):
    return EmployeeFactory(name="Marieke de Wit", email="marieke@kantoor.example")


@pytest.fixture
def admin(transactional_db):
    return AdminFactory(name="Jan Smit", email="jan@kantoor.example")


@pytest.fixture
def page(context):
    """Fails the test when a script broke, the browser refused something or the site did (500)."""
    page, wrong = browser.watched_page(context)
    yield page
    assert not wrong


@pytest.fixture
def as_employee(page, employee):
    office.sign_in(page, employee.email, PASSWORD)
    return page


@pytest.fixture
def as_admin(page, admin):
    office.sign_in(page, admin.email, PASSWORD)
    return page
