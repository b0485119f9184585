"""From what is shown to a frozen set, and the menu of what can be done with it (R55-R61, R64, R65, R85, B2, B3)."""

import re

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from crm.jobs import confirming
from crm.jobs.models import Job
from crm.jobs.operations import menu
from relations.models import Relation, SavedFilter
from tests.factories import EmployeeFactory, RelationFactory, SelectionFactory, SelectionMemberFactory

pytestmark = pytest.mark.django_db
LIST = "/relaties/"
SELECT = "/relaties/selectie/"
BULK = "/relaties/selectie/bulkbewerking/"
START = "/relaties/bulkbewerking/"


@pytest.fixture
def relations():
    return RelationFactory.create_batch(53, city="Zeist")


def text_of(response):
    return re.sub(r"\s+", " ", response.content.decode())


def menu_url(job):
    return reverse("relations:bulk_menu", args=[job.pk])


def frozen_ids(job):
    return list(job.items.order_by("target_id").values_list("target", flat=True))


def tick(client, rows, query=""):
    ids = [row.pk for row in rows]
    client.post(SELECT + query, {"shown": ids, "ticked": ids})
    return client.get(LIST + query).context["selection"].fingerprint


def without(codename):
    """An employee who may see relations and archive them, and everything else but this."""
    employee = EmployeeFactory()
    codenames = set(Permission.objects.filter(group__name="Medewerker").values_list("codename", flat=True))
    employee.groups.clear()
    employee.user_permissions.set(Permission.objects.filter(codename__in=codenames - {codename}))
    return employee


class TestFromTheTickedRows:
    """R58, B2"""

    def test_freezes_exactly_those(self, as_employee, relations, employee):
        seen = tick(as_employee, relations[3:7])

        response = as_employee.post(BULK, {"expected": seen})

        job = Job.objects.get()
        assert response.url == menu_url(job)
        assert frozen_ids(job) == [r.pk for r in relations[3:7]]
        assert (job.by, job.state, job.total, job.origin) == (employee, "draft", 4, "aangevinkt in de lijst")

    def test_freezes_all_pages_of_all_that_match_quick_search_and_filter_and_nothing_from_the_archive(
        self, as_employee
    ):
        """Peers forget the filter, the search or the scope of the archive when everything is selected."""
        wanted = RelationFactory.create_batch(52, name="Smit Zaden", city="Zeist")
        for other in ({"city": "Utrecht"}, {"name": "Jansen"}, {"status": "prospect"}, {"archived": True}):
            RelationFactory(**{"name": "Smit Zaden", "city": "Zeist"} | other)
        query = "?q=Smit&city=Zeist&status=client"
        as_employee.post(SELECT + query, {"act": "all"})

        seen = as_employee.get(LIST + query).context["selection"].fingerprint
        as_employee.post(BULK + query, {"expected": seen})

        assert frozen_ids(Job.objects.get()) == [r.pk for r in wanted]

    def test_costs_as_many_queries_for_three_as_for_thirty(self, as_employee, relations):
        counts = []
        for number in (3, 30):
            seen = tick(as_employee, relations[:number])
            as_employee.post(SELECT, {"act": "none"})
            seen = tick(as_employee, relations[:number])
            with CaptureQueriesContext(connection) as captured:
                as_employee.post(BULK, {"expected": seen})
            counts.append(len(captured))

        assert Job.objects.count() == 2
        assert counts[0] == counts[1]

    @pytest.mark.parametrize("expected", ["", "0-0", "nonsense", "4-0"])
    def test_refuses_what_was_not_shown(self, as_employee, relations, expected):
        tick(as_employee, relations[:4])

        response = as_employee.post(BULK, {"expected": expected})

        assert response.status_code == 409
        assert "De selectie is veranderd" in response.content.decode()
        assert not Job.objects.exists()

    def test_refuses_nothing(self, as_employee, relations):
        assert as_employee.post(BULK, {"expected": "0-0"}).status_code == 409
        assert not Job.objects.exists()

    def test_refuses_when_a_row_vanished_between_tick_and_freeze(self, as_employee, relations):
        seen = tick(as_employee, relations[:4])
        Relation.objects.filter(pk=relations[1].pk).update(city="Utrecht")
        in_filter = tick(as_employee, relations[:4], "?city=Zeist")
        Relation.objects.filter(pk=relations[2].pk).update(city="Utrecht")

        assert seen != in_filter
        assert as_employee.post(BULK + "?city=Zeist", {"expected": in_filter}).status_code == 409
        assert not Job.objects.exists()

    def test_refuses_a_selection_that_another_tab_changed_after_it_was_shown(self, as_employee, relations):
        seen = tick(as_employee, relations[:3])
        tick(as_employee, relations[5:9])

        assert as_employee.post(BULK, {"expected": seen}).status_code == 409
        assert not Job.objects.exists()

    def test_refuses_a_stale_filter(self, as_employee, relations):
        """B3: a value that is gone never widens the set."""
        seen = tick(as_employee, relations[:3])

        response = as_employee.post(f"{BULK}?tag=999", {"expected": seen})

        assert response.status_code == 400
        assert not Job.objects.exists()

    def test_keeps_the_ticks_until_the_job_is_confirmed_and_empties_them_then(self, as_employee, relations, employee):
        as_employee.post(BULK, {"expected": tick(as_employee, relations[:3])})
        assert as_employee.get(LIST).context["selection"].count == 3

        job = Job.objects.get()
        job.operation = "export"
        job.save()
        confirming.confirm(job, by=employee)

        assert as_employee.get(LIST).context["selection"].count == 0

    def test_leaves_ticks_alone_that_came_after_it(self, as_employee, relations, employee):
        as_employee.post(BULK, {"expected": tick(as_employee, relations[:3])})
        tick(as_employee, relations[5:6])

        Job.objects.update(state="queued", operation="export", confirmed_at="2026-03-02T09:00Z")

        assert as_employee.get(LIST).context["selection"].count == 4

    def test_goes_straight_to_the_operation_of_the_button(self, as_employee, relations):
        seen = tick(as_employee, relations[:2])

        response = as_employee.post(BULK, {"expected": seen, "operation": "export"})

        assert response.url == reverse("relations:bulk_export", args=[Job.objects.get().pk])

    def test_refuses_an_operation_that_is_not_there(self, as_employee, relations):
        seen = tick(as_employee, relations[:2])

        assert as_employee.post(BULK, {"expected": seen, "operation": "drop"}).status_code == 400
        assert not Job.objects.exists()


class TestFromTheWholeFilter:
    """R58"""

    def test_shows_how_many_and_by_which_conditions(self, as_employee, relations):
        RelationFactory(city="Utrecht")

        page = text_of(as_employee.get(f"{START}?city=Zeist&q=Bakkerij"))

        assert "53 relaties voldoen aan het filter" in page
        assert "Plaats <b>Zeist</b>" in page
        assert "Bakkerij" in page

    def test_warns_when_no_filter_is_on(self, as_employee, relations):
        assert "Er staat geen filter aan" in text_of(as_employee.get(START))

    def test_freezes_all_of_it_without_a_single_tick(self, as_employee, relations):
        RelationFactory(city="Utrecht")
        RelationFactory(city="Zeist", archived=True)
        expected = as_employee.get(f"{START}?city=Zeist").context["expected"]

        response = as_employee.post(f"{START}?city=Zeist", {"expected": expected})

        job = Job.objects.get()
        assert response.url == menu_url(job)
        assert frozen_ids(job) == [r.pk for r in relations]
        assert job.origin == "Plaats: Zeist"

    def test_refuses_when_another_set_matches_by_now(self, as_employee, relations):
        """B2: one out and one in, so that the number is the same."""
        expected = as_employee.get(f"{START}?city=Zeist").context["expected"]
        Relation.objects.filter(pk=relations[0].pk).update(city="Utrecht")
        RelationFactory(city="Zeist")

        assert as_employee.post(f"{START}?city=Zeist", {"expected": expected}).status_code == 409
        assert not Job.objects.exists()

    def test_of_nothing_has_no_button_and_is_refused(self, as_employee):
        page = as_employee.get(f"{START}?city=Zeist")

        assert 'class="btn btn-primary"' not in page.content.decode()
        assert as_employee.post(f"{START}?city=Zeist", {"expected": page.context["expected"]}).status_code == 409

    @pytest.mark.parametrize("query", ["?tag=999", "?colour=red", "?status=klant", "?city=Zeist&city=Utrecht"])
    def test_refuses_an_address_that_is_not_understood(self, as_employee, relations, query):
        """B3"""
        assert as_employee.get(START + query).status_code == 400
        assert as_employee.post(START + query, {"expected": "53-0"}).status_code == 400
        assert not Job.objects.exists()

    def test_finds_nothing_for_a_search_that_finds_nothing(self, as_employee, relations):
        page = as_employee.get(f"{START}?q=%26")

        assert as_employee.post(f"{START}?q=%26", {"expected": page.context["expected"]}).status_code == 409

    def test_never_keeps_what_was_searched_for(self, as_employee, relations):
        expected = as_employee.get(f"{START}?q=Bakkerij&city=Zeist").context["expected"]

        as_employee.post(f"{START}?q=Bakkerij&city=Zeist", {"expected": expected})

        assert Job.objects.get().origin == "Plaats: Zeist, met een zoektekst"

    def test_costs_the_same_whatever_the_number(self, as_employee, relations):
        counts = []
        for city in ("Utrecht", "Zeist"):
            RelationFactory.create_batch(3, city="Utrecht")
            with CaptureQueriesContext(connection) as captured:
                as_employee.get(f"{START}?city={city}")
            counts.append(len(captured))

        assert counts[0] == counts[1]


class TestOrigin:
    """What the job tells of where its relations came from."""

    def origin(self, client, query):
        expected = client.get(START + query).context["expected"]
        client.post(START + query, {"expected": expected})
        return Job.objects.latest("pk").origin

    def test_names_every_condition(self, as_employee):
        RelationFactory(city="Zeist")

        assert self.origin(as_employee, "?status=client&status=prospect&city=Zeist") == (
            "Status: Klant of Prospect; Plaats: Zeist"
        )

    def test_says_so_when_there_is_no_condition(self, as_employee):
        RelationFactory()

        assert self.origin(as_employee, "") == "alle relaties van de lijst"

    def test_of_ticked_rows_names_the_filter_they_were_ticked_in(self, as_employee):
        relation = RelationFactory(city="Zeist")
        seen = tick(as_employee, [relation], "?city=Zeist")

        as_employee.post(f"{BULK}?city=Zeist", {"expected": seen})

        assert Job.objects.get().origin == "aangevinkt in de lijst (Plaats: Zeist)"

    def test_names_the_saved_filter_it_came_from(self, as_employee, employee):
        RelationFactory(city="Zeist")
        saved = SavedFilter.objects.create(owner=employee, name="Oude klanten", query="city=Zeist")

        assert self.origin(as_employee, f"?city=Zeist&saved={saved.pk}") == "uit filter Oude klanten (Plaats: Zeist)"

    def test_names_no_saved_filter_of_a_colleague(self, as_employee):
        """B3: the name is none of one's business, and the address is refused."""
        saved = SavedFilter.objects.create(owner=EmployeeFactory(), name="Oude klanten", query="city=Zeist")

        response = as_employee.get(f"{START}?city=Zeist&saved={saved.pk}")

        assert response.status_code == 400
        assert "Oude klanten" not in response.content.decode()


class TestFromASelection:
    """R59"""

    @pytest.fixture
    def selection(self, employee):
        found = SelectionFactory(owner=employee, name="Nieuwsbrief")
        SelectionMemberFactory.create_batch(3, selection=found)
        return found

    @staticmethod
    def send(client, selection):
        return client.post(reverse("relations:bulk_from_selection", args=[selection.pk]))

    def test_freezes_its_relations(self, as_employee, selection):
        response = self.send(as_employee, selection)

        job = Job.objects.get()
        assert response.url == menu_url(job)
        assert frozen_ids(job) == sorted(selection.members.values_list("relation", flat=True))
        assert job.origin == "uit selectie Nieuwsbrief"

    def test_leaves_what_is_added_later_outside(self, as_employee, selection):
        self.send(as_employee, selection)
        SelectionMemberFactory(selection=selection)

        assert Job.objects.get().items.count() == 3

    def test_does_not_exist_for_who_does_not_own_it(self, as_employee):
        assert self.send(as_employee, SelectionMemberFactory().selection).status_code == 404

    def test_refuses_an_empty_one(self, as_employee, employee):
        assert self.send(as_employee, SelectionFactory(owner=employee)).status_code == 400
        assert not Job.objects.exists()


class TestRight:
    """R60"""

    def test_gives_whoever_lacks_it_the_hint_whom_to_ask_and_no_button(self, client, relations):
        client.force_login(without("use_bulk"))
        tick(client, relations[:2])

        page = text_of(client.get(LIST))

        assert page.count("Vraag de functioneel beheerder om het recht op bulkbewerking.") == 2  # above and in the bar
        assert START not in page
        assert BULK not in page
        assert "archivering" in page

    def test_gives_whoever_has_it_the_buttons(self, as_employee, relations):
        tick(as_employee, relations[:2])

        page = as_employee.get(f"{LIST}?city=Zeist").content.decode()

        assert f'href="{START}?city=Zeist"' in page
        assert "Vraag de functioneel beheerder" not in page

    def test_lets_whoever_may_not_archive_tick_all_the_same(self, client, relations):
        client.force_login(without("archive_relation"))
        tick(client, relations[:2])

        page = client.get(LIST).content.decode()

        assert BULK in page
        assert "/relaties/selectie/archivering/" not in page

    def test_is_needed_for_every_entrance(self, client, relations):
        client.force_login(without("use_bulk"))
        seen = tick(client, relations[:2])

        assert client.post(BULK, {"expected": seen}).status_code == 403
        assert client.get(START).status_code == 403
        assert client.post(START, {"expected": seen}).status_code == 403
        assert not Job.objects.exists()

    def test_shows_no_bulk_button_on_a_list_that_is_refused(self, as_employee, relations):
        """B3"""
        page = as_employee.get(f"{LIST}?tag=999").content.decode()

        assert START not in page
        assert "actionbar" not in page


class TestMenu:
    @pytest.fixture
    def job(self, as_employee, relations):
        expected = as_employee.get(f"{START}?city=Zeist").context["expected"]
        as_employee.post(f"{START}?city=Zeist", {"expected": expected})
        return Job.objects.get()

    def test_lists_every_operation_with_what_it_does(self, client, admin, job):
        """R61"""
        Job.objects.update(by=admin)
        client.force_login(admin)

        page = text_of(client.get(menu_url(job)))

        assert len(menu()) >= 5
        for operation in menu():
            assert str(operation.label) in page
            assert str(operation.description) in page
            assert reverse(operation.start, args=[job.pk]) in page

    def test_says_how_many_and_which(self, as_employee, job):
        """R64, R65"""
        page = text_of(as_employee.get(menu_url(job)))

        assert "<strong>53 relaties</strong>" in page
        assert "Plaats: Zeist" in page
        assert f'<a href="{reverse("jobs:targets", args=[job.pk])}">Toon relaties</a>' in page

    def test_warns_that_it_is_hard_to_undo(self, as_employee, job, settings):
        """R57"""
        settings.JOBS_UNDO_DAYS = 14

        page = text_of(as_employee.get(menu_url(job)))

        assert "lastig ongedaan te maken" in page
        assert "14 dagen ongedaan te maken" in page
        assert "Niet ongedaan te maken" in page

    def test_points_to_what_is_near(self, client, admin, job):
        """R85"""
        Job.objects.update(by=admin)
        client.force_login(admin)

        page = text_of(client.get(menu_url(job)))

        assert "Zie ook" in page
        for topic in ("Dubbele relaties", "Archiveren en verwijderen", "Portalaccounts"):
            assert topic in page
        assert reverse("archiving:archived_relation_list") in page

    def test_shows_what_one_may_not_do_switched_off_with_whom_to_ask(self, client, job):
        """R60"""
        employee = without("change_relation")
        Job.objects.update(by=employee)
        client.force_login(employee)

        page = text_of(client.get(menu_url(job)))

        assert "Op voormalig zetten" in page
        assert reverse("relations:bulk_former", args=[job.pk]) not in page
        assert "Vraag de functioneel beheerder om het recht." in page
        assert reverse("relations:bulk_export", args=[job.pk]) in page

    def test_says_who_may(self, as_employee, job):
        page = text_of(as_employee.get(menu_url(job)))

        assert "Voor: Medewerker" in page
        assert "Voor: Beheerder" in page

    def test_of_a_colleague_does_not_exist(self, client, admin, job):
        client.force_login(admin)

        assert client.get(menu_url(job)).status_code == 404

    def test_of_a_confirmed_job_goes_to_the_job(self, as_employee, job):
        Job.objects.update(state="queued", operation="export", confirmed_at="2026-03-02T09:00Z")

        assert as_employee.get(menu_url(job)).url == reverse("jobs:job", args=[job.pk])

    def test_costs_the_same_whatever_the_set(self, as_employee, job, employee):
        with CaptureQueriesContext(connection) as large:
            as_employee.get(menu_url(job))
        job.items.exclude(target=job.items.first().target).delete()
        with CaptureQueriesContext(connection) as small:
            as_employee.get(menu_url(job))

        assert len(large) == len(small) <= 12
