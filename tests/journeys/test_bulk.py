"""Many relations at once, as an employee does it: keep a filter, change, follow the job, take it back (issue 4)."""

import re

from playwright.sync_api import expect

from crm.jobs.models import Job, JobState
from relations.models import Relation, RelationStatus
from tests import factories
from tests.journeys import office
from tests.journeys.accessibility import inspect


def cities(*relations):
    return list(Relation.objects.filter(pk__in=[r.pk for r in relations]).order_by("pk").values_list("city", flat=True))


class TestAFilterThatIsKept:
    def test_is_changed_as_one_followed_and_put_back(self, as_employee):
        """R55-R58, R61, R63-R69, B1, B2, B4."""
        page = as_employee
        moving = factories.RelationFactory.create_batch(120, city="Zeist")
        staying = factories.RelationFactory.create_batch(3, city="Utrecht")

        keep_the_filter(page, "Zeist", city="Zeist")
        start_bulk_edit(page, "120 relaties")
        page.get_by_label("Plaats", exact=True).select_option("Instellen")
        page.get_by_label("Nieuwe waarde").and_(page.locator("[name=city]")).fill("Bilthoven")
        inspect(page)
        office.press(page, "Laat zien wat er wijzigt")
        expect(page.locator(".stats")).to_contain_text("120")
        inspect(page)
        office.press(page, "120 relaties wijzigen")

        see_it_finish(page, "120")
        assert set(cities(*moving)) == {"Bilthoven"}
        assert cities(*staying) == ["Utrecht"] * 3

        office.press(page, "Ongedaan maken")
        inspect(page)
        office.press(page, "Ongedaan maken voor 120 relaties")
        see_it_finish(page, "120")
        assert set(cities(*moving)) == {"Zeist"}


class TestOneByOne:
    def test_walks_five_relations_and_goes_on_after_a_pause(self, as_employee):
        """R59, R62"""
        page = as_employee
        relations = factories.RelationFactory.create_batch(5, city="Zeist", status=RelationStatus.CLIENT)

        page.goto("/relaties/?city=Zeist")
        start_bulk_edit(page, "5 relaties")
        office.follow(page, re.compile("Per relatie"))
        page.get_by_label("Plaats", exact=True).check()
        office.press(page, "Beginnen met de eerste relatie")
        write(page, "Baarn")
        office.press(page, "Overslaan")
        inspect(page)
        write(page, "Soest")
        office.follow(page, "Stoppen, later verder")
        inspect(page)
        office.follow(page, "Verdergaan")
        write(page, "Leusden")
        write(page, "Woudenberg")

        assert cities(*relations) == ["Baarn", "Zeist", "Soest", "Leusden", "Woudenberg"]
        assert Job.objects.get().state == JobState.DONE


def keep_the_filter(page, name, **conditions):
    page.goto("/relaties/?" + "&".join(f"{key}={value}" for key, value in conditions.items()))
    office.follow(page, re.compile("Filter bewaren"))
    page.get_by_label("Naam").fill(name)
    inspect(page)
    office.press(page, re.compile("[Bb]ewaren"))
    expect(page.get_by_text("1–50 van 120")).to_be_visible()


def start_bulk_edit(page, count):
    office.follow(page, "Bulkbewerking")
    expect(page.get_by_role("main")).to_contain_text(count)
    inspect(page)
    office.press(page, re.compile("verder|Verder|Bulkbewerking|bewerken"))
    expect(page.get_by_role("main")).to_contain_text(count)
    inspect(page)
    office.follow(page, re.compile("Eigenschappen wijzigen"))


def see_it_finish(page, done):
    expect(page.get_by_role("main").get_by_text("Gereed", exact=True).first).to_be_visible()
    expect(page.locator(".stats").first).to_contain_text(done)
    inspect(page)


def write(page, city):
    page.get_by_label("Plaats").fill(city)
    office.press(page, "Opslaan en volgende")
