"""Every page works without JavaScript: what needs none must not fail for want of it."""

import pytest
from playwright.sync_api import expect

from relations.models import Relation
from tests import factories
from tests.data import GEMEENTEN
from tests.journeys import office


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {**browser_context_args, "java_script_enabled": False}


class TestWithoutJavaScript:
    def test_archives_the_ticked_rows_of_the_list(self, as_employee):
        """R19: list, tick, archive, confirm."""
        page = as_employee
        for name in ("Bakkerij Jansen", "Bakkerij Kuiper", "Bakkerij Loos"):
            factories.RelationFactory(name=name)

        office.search_relations(page, "Bakkerij")
        for name in ("Bakkerij Jansen", "Bakkerij Loos"):
            page.get_by_role("checkbox", name=f"{name} selecteren").check()
        office.press(page, "Aangevinkte rijen selecteren")
        expect(page.get_by_role("region", name="Selectie")).to_contain_text("2 relaties geselecteerd")
        office.archive_selection(page)
        office.see(page, "2 relaties archiveren")
        office.confirm_archiving(page, "inactive")

        expect(page.get_by_text("2 relaties gearchiveerd")).to_be_visible()
        assert list(Relation.objects.active().values_list("name", flat=True)) == ["Bakkerij Kuiper"]

    def test_imports_a_file(self, as_employee):
        page = as_employee

        office.choose_file(page, GEMEENTEN)
        office.press(page, "Regels controleren")
        office.press(page, "380 relaties importeren")

        expect(page.get_by_text("380 relaties geïmporteerd.")).to_be_visible()
        assert Relation.objects.active().count() == 380

    def test_filters_and_pages_the_list(self, as_employee):
        page = as_employee
        factories.RelationFactory.create_batch(60, city="Zwolle")
        factories.RelationFactory(city="Assen")

        page.goto("/relaties/")
        page.get_by_text("Filter", exact=True).click()
        page.get_by_label("Plaats").fill("Zwolle")
        office.press(page, "Lijst filteren")
        office.follow(page, "Volgende")

        expect(page.get_by_text("51–60 van 60")).to_be_visible()
