"""The site as `make run` starts it, with a worker of its own: a job is followed while that worker does it (issue 4)."""

import re

import pytest
from playwright.sync_api import expect

from crm.core.management.commands.up import DEMO_EMPLOYEE, DEMO_PASSWORD
from tests.journeys import office
from tests.journeys.accessibility import inspect
from tests.journeys.browser import watched_page
from tests.ops import processes

PATIENCE = 60_000  # milliseconds that the worker may take


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The address of the site, with demo data."""
    with processes.up(tmp_path_factory.mktemp("var")) as (_command, address):
        yield address


@pytest.fixture
def page(browser, browser_context_args, site):
    context = browser.new_context(**browser_context_args | {"base_url": site})
    page, wrong = watched_page(context)
    office.sign_in(page, DEMO_EMPLOYEE, DEMO_PASSWORD)
    yield page
    context.close()
    assert not wrong


def test_a_filter_is_made_kept_and_changed_followed_and_put_back(page):
    """R58, R63-R69, B1, B2, B4: a text, a yes-no field and a tag of some hundred relations."""
    count = make_a_filter(page)
    keep_it(page, "Organisaties zonder verleden")
    choose_the_change(page)
    changed = see_what_would_change(page, count)
    office.press(page, re.compile("relaties wijzigen"))
    follow_to_the_end(page, changed)
    see_that_it_is_told(page)

    office.press(page, "Ongedaan maken")
    see_what_would_go_back(page, changed)
    office.press(page, re.compile("Ongedaan maken voor"))
    follow_to_the_end(page, changed)


def make_a_filter(page):
    """How many relations it finds: so many that a worker does them."""
    page.goto("/relaties/")
    page.locator("summary", has_text="Filter").click()
    page.get_by_label("Voorwaarde over").select_option(label="Soort")
    page.locator("#condition-inputs").get_by_label("Waarde").select_option(label="Organisatie")
    office.press(page, "Voorwaarde toevoegen")
    expect(page.locator(".filterbar .chip", has_text="Soort")).to_be_visible()
    inspect(page)
    found = page.get_by_text(re.compile(r"1–50 van [\d.]+")).first.inner_text()
    return int(found.rpartition(" ")[2].replace(".", ""))


def keep_it(page, name):
    office.follow(page, re.compile("Filter bewaren"))
    page.get_by_label("Naam").fill(name)
    office.press(page, re.compile("[Bb]ewaren"))
    expect(page.get_by_role("navigation", name="Filters")).to_contain_text(name)


def choose_the_change(page):
    office.follow(page, "Bulkbewerking")
    office.press(page, re.compile("bewerken|verder", re.IGNORECASE))
    office.follow(page, re.compile("Eigenschappen wijzigen"))
    page.get_by_label("Postadres", exact=True).select_option("Instellen")
    page.locator("[name=mail_street]").fill("Postbus 100")
    group(page, "Nieuwsbrief").get_by_text("Aan", exact=True).click()
    group(page, "Starter").get_by_text("Aanvinken", exact=True).click()
    inspect(page)
    office.press(page, "Laat zien wat er wijzigt")


def group(page, name):
    return page.get_by_role("radiogroup", name=name)


def see_what_would_change(page, count):
    """How many would change; with those that are so already it makes all of them."""
    changing, already, skipped = [int(text.replace(".", "")) for text in page.locator(".stat strong").all_inner_texts()]
    assert changing + already + skipped == count
    assert changing > 100, "few enough to be done at once"
    inspect(page)
    return changing


def follow_to_the_end(page, done):
    """The page itself says so when the worker is ready; nobody loads it again."""
    finished = page.get_by_role("main").get_by_text("Gereed", exact=True).first
    expect(finished).to_be_visible(timeout=PATIENCE)
    expect(page.locator(".stats").first).to_contain_text(f"{done}")
    inspect(page)


def see_that_it_is_told(page):
    """In the list of jobs, with until when it can be undone."""
    job = page.url
    page.goto("/beheer/opdrachten/")
    expect(page.get_by_role("main")).to_contain_text("ongedaan te maken tot")
    page.goto(job)


def see_what_would_go_back(page, count):
    expect(page.get_by_role("main")).to_contain_text("Er is nog niets ongedaan gemaakt")
    assert page.locator(".stat strong").first.inner_text() == f"{count}"
    inspect(page)
