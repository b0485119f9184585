"""The page of a relation printed: what is known and what happened, in black on white, without what can be pressed."""

import pytest
from playwright.sync_api import expect

from tests import factories


@pytest.fixture
def relation(admin):
    relation = factories.RelationFactory(name="Bakkerij Jansen", city="Zeist", manager=admin)
    factories.NoteFactory.create_batch(8, relation=relation, text="Gebeld over de aangifte")
    factories.TaskLinkFactory(relation=relation, task__subject="Jaarrekening opmaken")
    return relation


class TestARelationOnPaper:
    def test_shows_what_is_known_and_nothing_to_press(self, as_employee, relation):
        page = as_employee
        page.goto(f"/relaties/{relation.pk}/")
        pressed = page.get_by_role("button").or_(page.get_by_role("navigation")).or_(page.get_by_role("searchbox"))
        assert [each for each in pressed.all() if each.is_visible()]

        page.emulate_media(media="print", color_scheme="dark")

        for shown in ("Bakkerij Jansen", "Zeist", "Jan Smit", "Jaarrekening opmaken", "Gebeld over de aangifte"):
            expect(page.get_by_role("main").get_by_text(shown).first).to_be_visible()
        assert [each.inner_text() for each in pressed.all() if each.is_visible()] == []
        assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"

    def test_cuts_nothing_off_at_the_edge_of_the_paper(self, as_employee, relation):
        page = as_employee
        page.goto(f"/relaties/{relation.pk}/")

        page.set_viewport_size({"width": 690, "height": 980})  # A4 within the margins, in px
        page.emulate_media(media="print")

        assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
