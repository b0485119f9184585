"""Ticking relations over the pages of the list, and archiving exactly those (R19, B2)."""

import re

import pytest
from django.conf import settings
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from crm.jobs.freezing import target_ids
from crm.jobs.models import Job, JobState
from relations.models import Relation
from tests.factories import EmployeeFactory, RelationFactory

pytestmark = pytest.mark.django_db
LIST = "/relaties/"
SELECT = "/relaties/selectie/"
ARCHIVE = "/relaties/selectie/archivering/"


@pytest.fixture
def relations():
    """Two pages and a bit."""
    return RelationFactory.create_batch(53, city="Zeist")


def selection(client, query=""):
    return client.get(LIST + query).context["selection"]


def tick(client, rows, *, shown=None, query=""):
    ids = [row.pk for row in rows]
    return client.post(SELECT + query, {"shown": [r.pk for r in shown] if shown else ids, "ticked": ids})


def archive(client, expected, query=""):
    return client.post(ARCHIVE + query, {"expected": expected})


def selected_ids(client, query=""):
    """What archiving would get, by way of the draft job."""
    response = archive(client, selection(client, query).fingerprint, query)
    if response.status_code != 302:
        return []
    return target_ids(Job.objects.get(pk=response.url.strip("/").split("/")[-1]))


class TestAccess:
    @pytest.mark.parametrize("url", [SELECT, ARCHIVE])
    def test_sends_somebody_unknown_to_sign_in(self, client, url):
        assert client.post(url).url.startswith(reverse("accounts:sign_in"))

    @pytest.mark.parametrize("url", [SELECT, ARCHIVE])
    def test_refuses_without_the_right_to_archive(self, client, url):
        viewer = EmployeeFactory()
        viewer.groups.clear()
        viewer.user_permissions.add(Permission.objects.get(codename="view_relation"))
        client.force_login(viewer)

        assert client.post(url).status_code == 403

    @pytest.mark.parametrize("url", [SELECT, ARCHIVE])
    def test_answers_only_to_posting(self, as_employee, url):
        assert as_employee.get(url).status_code == 405


class TestTicking:
    def test_keeps_what_other_pages_have(self, as_employee, relations):
        tick(as_employee, relations[:2], shown=relations[:50])
        tick(as_employee, relations[51:], shown=relations[50:], query="?page=2&sort=-number")

        assert selection(as_employee).count == 4
        assert selected_ids(as_employee) == [r.pk for r in [*relations[:2], *relations[51:]]]

    def test_takes_away_what_is_not_ticked_any_more(self, as_employee, relations):
        tick(as_employee, relations[:3], shown=relations[:50])
        tick(as_employee, relations[2:4], shown=relations[:50])

        assert selected_ids(as_employee) == [r.pk for r in relations[2:4]]

    def test_shows_in_the_rows(self, as_employee, relations):
        tick(as_employee, relations[:1], shown=relations[:50])

        page = as_employee.get(LIST).content.decode()

        assert re.findall(r'value="(\d+)"[^>]*checked', page) == [str(relations[0].pk)]
        assert "1 relatie geselecteerd" in re.sub(r"\s+", " ", page)

    def test_comes_back_to_the_list_as_it_was(self, as_employee, relations):
        response = tick(as_employee, relations[:1], query="?city=Zeist&sort=-number&page=2")

        assert response.url == "/relaties/?city=Zeist&sort=-number&page=2"

    def test_answers_htmx_with_the_bar_alone(self, as_employee, relations):
        body = {"shown": [relations[0].pk], "ticked": [relations[0].pk]}
        page = as_employee.post(SELECT, body, headers={"HX-Request": "true"}).content.decode()

        assert "1 relatie geselecteerd" in re.sub(r"\s+", " ", page)
        assert "Alle 53 relaties die aan het filter voldoen selecteren" in re.sub(r"\s+", " ", page)
        assert "<html" not in page

    def test_of_the_whole_page_works_without_javascript(self, as_employee, relations):
        as_employee.post(SELECT, {"act": "whole_page", "shown": [r.pk for r in relations[:50]]})

        assert selection(as_employee).count == 50

    def test_of_all_takes_every_page(self, as_employee, relations):
        as_employee.post(SELECT, {"act": "all"})

        assert selection(as_employee).count == 53
        assert selected_ids(as_employee) == [r.pk for r in relations]

    def test_of_all_can_leave_some_out(self, as_employee, relations):
        as_employee.post(SELECT, {"act": "all"})
        tick(as_employee, relations[1:50], shown=relations[:50])

        assert selection(as_employee).count == 52
        assert selected_ids(as_employee) == [r.pk for r in relations[1:]]

    def test_can_be_cleared(self, as_employee, relations):
        as_employee.post(SELECT, {"act": "all"})
        as_employee.post(SELECT, {"act": "none"})

        assert selection(as_employee).count == 0
        assert "actionbar" not in as_employee.get(LIST).content.decode()

    @pytest.mark.parametrize(
        "body",
        [
            {"act": "everything"},
            {"shown": ["abc"]},
            {"shown": ["-1"]},
            {"shown": ["٣"]},
            {"ticked": ["9" * 30]},
            {"shown": list(range(51))},
        ],
    )
    def test_refuses_what_no_page_of_ours_sends(self, as_employee, relations, body):
        assert as_employee.post(SELECT, body).status_code == 400
        assert selection(as_employee).count == 0

    def test_ignores_ticks_of_rows_that_were_not_on_the_page(self, as_employee, relations):
        as_employee.post(SELECT, {"shown": [relations[0].pk], "ticked": [relations[1].pk]})

        assert selection(as_employee).count == 0

    @pytest.mark.parametrize("url", [SELECT, ARCHIVE])
    def test_refuses_a_filter_that_is_not_understood(self, as_employee, relations, url):
        """B3"""
        as_employee.post(SELECT, {"act": "all"})

        assert as_employee.post(f"{url}?tag=999", {"act": "all"}).status_code == 400
        assert not Job.objects.exists()


class TestFilterChange:
    def test_clears_the_selection(self, as_employee, relations):
        tick(as_employee, relations[:3])

        assert selection(as_employee, "?city=Zeist").count == 0
        assert selection(as_employee).count == 0

    def test_is_not_what_sorting_and_paging_are(self, as_employee, relations):
        tick(as_employee, relations[:3], query="?city=Zeist")

        assert selection(as_employee, "?sort=-name&city=Zeist&page=2").count == 3

    def test_in_another_tab_leaves_nothing_to_archive_here(self, as_employee, relations):
        tick(as_employee, relations[:3])
        seen = selection(as_employee).fingerprint
        tick(as_employee, relations[5:8], query="?city=Zeist")

        response = archive(as_employee, seen)

        assert response.status_code == 409
        assert not Job.objects.exists()

    def test_to_one_that_is_refused_shows_no_selection(self, as_employee, relations):
        tick(as_employee, relations[:3])

        assert selection(as_employee, "?tag=999") is None
        assert selection(as_employee).count == 3


class TestWhatChangesMeanwhile:
    def test_a_row_that_somebody_archived_is_not_counted(self, as_employee, relations):
        tick(as_employee, [*relations[:2], RelationFactory(archived=True)])

        assert selection(as_employee).count == 2
        assert selected_ids(as_employee) == [r.pk for r in relations[:2]]

    def test_a_row_that_left_the_filter_is_not_counted(self, as_employee, relations):
        tick(as_employee, relations[:2], query="?city=Zeist")
        Relation.objects.filter(pk=relations[0].pk).update(city="Utrecht")

        assert selection(as_employee, "?city=Zeist").count == 1

    def test_between_seeing_and_archiving_is_refused(self, as_employee, relations):
        """B2"""
        as_employee.post(SELECT, {"act": "all"})
        seen = selection(as_employee).fingerprint
        RelationFactory()

        response = archive(as_employee, seen)

        assert response.status_code == 409
        assert "De selectie is veranderd" in response.content.decode()
        assert not Job.objects.exists()

    def test_by_one_in_and_one_out_is_refused_too(self, as_employee, relations):
        """B2"""
        as_employee.post(SELECT + "?city=Zeist", {"act": "all"})
        seen = selection(as_employee, "?city=Zeist").fingerprint
        Relation.objects.filter(pk=relations[0].pk).update(city="Utrecht")
        RelationFactory(city="Zeist")

        assert archive(as_employee, seen, "?city=Zeist").status_code == 409

    def test_an_emptied_list_does_not_keep_all_of_what_comes_later(self, as_employee):
        only = RelationFactory(city="Zeist")
        as_employee.post(SELECT + "?city=Zeist", {"act": "all"})
        Relation.objects.filter(pk=only.pk).update(city="Utrecht")
        assert selection(as_employee, "?city=Zeist").count == 0

        RelationFactory(city="Zeist")

        assert selection(as_employee, "?city=Zeist").count == 0


class TestArchiving:
    def test_leads_to_the_page_that_asks_for_confirmation(self, as_employee, employee, relations):
        """R19"""
        tick(as_employee, relations[:12])

        response = archive(as_employee, selection(as_employee).fingerprint)

        job = Job.objects.get()
        assert response.url == reverse("archiving:archive", args=[job.pk])
        assert (job.by, job.operation) == (employee, "archive")
        assert target_ids(job) == [r.pk for r in relations[:12]]

    @pytest.mark.parametrize("expected", ["", "0-0", "nonsense"])
    def test_of_nothing_is_refused(self, as_employee, relations, expected):
        assert archive(as_employee, expected).status_code == 409
        assert not Job.objects.exists()

    def test_keeps_the_selection_until_it_is_done_and_empties_it_then(self, as_employee, relations):
        tick(as_employee, relations[:3])
        archive(as_employee, selection(as_employee).fingerprint)
        assert selection(as_employee).count == 3

        Job.objects.update(state=JobState.QUEUED, confirmed_at=timezone.now())

        assert selection(as_employee).count == 0

    def test_leaves_ticks_alone_that_came_after_another_draft(self, as_employee, relations):
        tick(as_employee, relations[:3])
        archive(as_employee, selection(as_employee).fingerprint)
        tick(as_employee, relations[5:6])

        Job.objects.update(state=JobState.QUEUED, confirmed_at=timezone.now())

        assert selection(as_employee).count == 4


def test_costs_no_more_than_the_list_may(as_employee, relations):
    tick(as_employee, relations[:3])
    archive(as_employee, selection(as_employee).fingerprint)

    with CaptureQueriesContext(connection) as captured:
        as_employee.get(LIST)

    assert len(captured) <= 13 + 2  # what is ticked, and whether those relations have been archived meanwhile


def test_a_page_of_ticks_fits_in_one_post():
    assert settings.DATA_UPLOAD_MAX_NUMBER_FIELDS > 2 * 50
