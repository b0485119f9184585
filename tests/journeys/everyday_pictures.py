"""Pictures of what an employee touches all day around a relation, and of what an administrator keeps beside it."""

import re

from tests.journeys import office

RELATION = "10009"
FORMS = [
    ("note-new", "notities/nieuw/"),
    ("contact-new", "contactpersonen/nieuw/"),
    ("link-new", "koppelingen/nieuw/"),
    ("activity-new", "activiteiten/nieuw/"),
    ("document-new", "dossier/nieuw/"),
    ("contract-new", "contracten/nieuw/"),
]


def employee(page, album):
    number = _open(page)
    album.take("timeline-of-relation")
    for name, part in FORMS:
        _go(page, f"/relaties/{number}/", part)
        album.take(name)
    page.goto(f"/relaties/{number}/activiteiten/")
    page.locator("td a.lead").first.click()
    album.take("activity")
    page.goto("/taken/")
    page.locator("td a.lead").first.click()
    album.take("task")
    page.goto("/taken/nieuw/")
    album.take("task-new")
    _hand_over(page, album)
    page.goto("/agenda/afspraken/nieuw/")
    album.take("appointment-new")
    page.goto("/agenda/adres/")
    album.take("calendar-feed")
    page.goto("/zoeken/")
    album.take("search-seen-lately")
    _conflict(page, album, number)


def administrator(page, album):
    number = _open(page)
    page.goto(f"/relaties/{number}/activiteiten/")
    _delete(page, album, "deletion")
    page.goto(f"/relaties/{number}/taken/")
    _delete(page, album, "deletion-task")
    _open(page)
    office.follow(page, "Afschermen…")
    album.take("restricting")
    page.goto("/beheer/afgeschermde-relaties/")
    album.take("restricted")
    page.goto("/urenstaat/maanden/")
    album.take("months")
    page.goto("/beheer/aanmeldingen/")
    album.take("sign-ins")
    page.goto("/beheer/medewerkers/")
    office.follow(page, "Ruben Vermeulen")
    album.take("employee")


def _open(page):
    """The key of the relation, as it stands in its address."""
    page.goto(f"/relaties/?q={RELATION}")
    page.get_by_role("link", name=RELATION, exact=True).click()
    page.wait_for_url(re.compile(r"/relaties/\d+/"))
    return re.search(r"/relaties/(\d+)/", page.url).group(1)


def _go(page, root, part):
    assert page.goto(root + part).ok, root + part


def _hand_over(page, album):
    page.goto("/taken/")
    with page.expect_response(re.compile("/taken/selectie/")):
        page.locator("[data-tick]").first.check()
    page.get_by_role("link", name="Overdragen aan een collega").click()
    page.get_by_label("Nieuwe uitvoerder").select_option(index=2)
    office.press(page, "Laat zien wat er wijzigt")
    album.take("task-handover")


def _conflict(page, album, number):
    """Somebody else saved meanwhile: the same form, open in another window of this browser."""
    other = page.context.new_page()
    for window, city in ((page, "Zeist"), (other, "Doorn")):
        window.goto(f"/relaties/{number}/bewerken/")
        window.locator("[name=city]").fill(city)
    for window in (other, page):
        window.locator("main form .btn-primary").first.click()
        window.wait_for_load_state()
    other.close()
    album.take("conflict")


def _delete(page, album, name):
    page.locator("td.dots .btn-dots").first.click()
    page.get_by_role("link", name="Verwijderen…").locator("visible=true").click()
    album.take(name)
