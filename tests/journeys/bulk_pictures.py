"""Pictures of work on many relations at once, for pictures.py."""

import re

from tests.journeys import office


def employee(page, album):
    """Signed in as employee; nothing of the demo data changes but the jobs."""
    page.goto("/relaties/?city=Utrecht&status=client")
    office.follow(page, re.compile("Filter bewaren"))
    album.take("filter-keep")
    page.goto("/relaties/?city=Utrecht")
    page.locator("details.filter-fields summary").click()
    album.take("conditions")
    for name, path in [("filters", "filters"), ("columns", "kolommen"), ("selections", "../selecties")]:
        page.goto(f"/relaties/{path}/")
        album.take(name)
    _menu(page, "city=Utrecht")
    album.take("bulk-menu")
    menu = page.url
    office.follow(page, re.compile("Eigenschappen wijzigen"))
    page.get_by_label("Plaats", exact=True).select_option("Instellen")
    page.get_by_label("Nieuwe waarde").and_(page.locator("[name=city]")).fill("Bilthoven")
    album.take("bulk-properties")
    office.press(page, "Laat zien wat er wijzigt")
    album.take("bulk-preview")
    _starts(page, album, menu)
    _one_by_one(page, album)


def administrator(page, album):
    page.goto("/beheer/opdrachten/")
    album.take("jobs")
    page.locator("td a.lead").first.click()
    album.take("job")


def _menu(page, conditions):
    page.goto(f"/relaties/bulkbewerking/?{conditions}")
    office.press(page, re.compile("^Verder met|^Ga verder"))


def _starts(page, album, menu):
    """The first page of each of the other operations."""
    page.goto(menu)
    links = page.get_by_role("main").get_by_role("link", name="Kiezen")
    addresses = [link.get_attribute("href") for link in links.all()]
    for number, address in enumerate(addresses):
        page.goto(address)
        album.take(f"bulk-start-{number}")


def _one_by_one(page, album):
    _menu(page, "q=1000")
    office.follow(page, re.compile("Eigenschappen wijzigen"))
    office.follow(page, re.compile("Per relatie"))
    page.get_by_label("Plaats", exact=True).check()
    album.take("walk-choose")
    office.press(page, "Beginnen met de eerste relatie")
    album.take("walk")
