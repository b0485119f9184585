"""A contractant goes to another relation: along the manual road, and with the wizard, to the same end (B11)."""

import re

from playwright.sync_api import expect

from portals.models import ContractantLink
from relations.models import TaskLink
from tests import factories
from tests.journeys import accessibility, office


def customers(code):
    """(old relation, new relation): linked with two open tasks, and a running subscription that is not."""
    old = factories.linked(factories.RelationFactory(name=f"Fysiotherapie {code}"), code=code)
    new = factories.SubscriptionFactory(relation=factories.RelationFactory(name=f"Fysio & Co {code}"))
    for subject, kind in (("Rapport laadt niet", "support"), ("Jaargesprek", "normal")):
        factories.TaskLinkFactory(relation=old.relation, task__subject=f"{subject} {code}", task__kind=kind)
    return old.relation, new.relation


def end_state(old, new):
    """Who has what now, without the names that differ between the roads."""
    links = ContractantLink.objects.filter(relation__in=[old, new]).order_by("since", "pk")
    return {
        "setups": [list(row.subscriptions.values_list("database", flat=True)) for row in (old, new)],
        "tasks": [
            sorted(TaskLink.objects.filter(relation=row).values_list("task__subject", "task__kind"))
            for row in (old, new)
        ],
        "links": [(link.relation == new, link.until is None) for link in links],
    }


def without(code, state):
    return repr(state).replace(code, "")


def subscription_of(page, relation):
    """Algemeen → Abonnementen of the relation (R44), and there the technical setup."""
    page.goto(f"/relaties/{relation.pk}/")
    office.open_tab(page, "Abonnementen")
    page.locator("main table").get_by_role("link").first.click()
    expect(page.get_by_role("heading", name="Technische inrichting")).to_be_visible()


def fill_setup(page, database, code):
    page.get_by_label("Database").fill(database)
    page.get_by_label("Contractant", exact=False).last.fill(code)
    office.press(page, "Opslaan")


def move_tasks_by_hand(page, old, new):
    """R49-R53: the overview, each task in a tab of its own, the bin, the new link."""
    page.goto("/taken/")
    search = page.get_by_role("searchbox", name="Naam of nummer van de relatie")
    search.fill(old.name)
    search.press("Enter")
    page.wait_for_url(re.compile("q="))
    rows = page.locator("main table a.lead")
    for row in rows.all():
        with page.context.expect_page() as opened:
            row.click(modifiers=["ControlOrMeta"])
        tab = opened.value
        tab.get_by_role("button", name=f"Koppeling met {old.name} verwijderen").click()
        tab.get_by_label("Te koppelen relatie").fill(new.number)
        office.press(tab, "Link toevoegen")
        expect(tab.get_by_text("De relatie is aan de taak gekoppeld")).to_be_visible()
        tab.close()


class TestRelinking:
    def test_by_wizard_ends_where_the_manual_road_ends(self, as_employee):
        """B11, R44-R54"""
        page = as_employee
        old, new = customers("KL-0421")
        subscription_of(page, old)
        fill_setup(page, "", "")
        expect(page.get_by_text("De contractant is ontkoppeld")).to_be_visible()
        subscription_of(page, new)
        fill_setup(page, "staff-nl-04", "KL-0421")
        expect(page.get_by_text("De contractant is gekoppeld")).to_be_visible()
        move_tasks_by_hand(page, old, new)
        by_hand = without("KL-0421", end_state(old, new))

        old, new = customers("KL-0422")
        office.open_menu(page, "Contractanten")
        office.follow(page, "KL-0422")
        office.follow(page, "Omkoppelen…")
        page.get_by_label("Nieuwe relatie").fill(new.number)
        office.press(page, "Tonen wat er verandert")
        expect(page.get_by_role("heading", name="Wat de klant straks ziet 1")).to_be_visible()
        accessibility.inspect(page)
        office.press(page, "Omkoppelen en 2 taken omhangen")
        expect(page.get_by_text("De contractant is omgekoppeld")).to_be_visible()

        assert without("KL-0422", end_state(old, new)) == by_hand

    def test_is_undone_where_it_was_done(self, as_employee):
        """B11"""
        page = as_employee
        old, new = customers("KL-0421")
        before = end_state(old, new)
        page.goto("/contractanten/")
        office.follow(page, "KL-0421")
        office.follow(page, "Omkoppelen…")
        page.get_by_label("Nieuwe relatie").fill(new.number)
        office.press(page, "Tonen wat er verandert")
        office.press(page, "Omkoppelen en 2 taken omhangen")

        office.press(page, "Ongedaan maken")

        expect(page.get_by_text("Alles is teruggezet")).to_be_visible()
        after = end_state(old, new)
        assert (after["setups"], after["tasks"]) == (before["setups"], before["tasks"])
        accessibility.inspect(page)

    def test_says_who_has_the_contractant(self, as_employee):
        """R43"""
        page = as_employee
        old, new = customers("KL-0421")

        subscription_of(page, new)
        fill_setup(page, "staff-nl-04", "KL-0421")

        expect(page.get_by_role("alert")).to_contain_text(f"{old.number} {old.name}")
