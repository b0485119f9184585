"""The page of restoring: what comes back, and who may bring it back (R3, R21, R22)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from crm.jobs.models import Job
from relations.models import Relation
from tests import factories
from tests.archiving.acting import archive, restore
from tests.archiving.pages import confirm, proposed, shown

pytestmark = pytest.mark.django_db


@pytest.fixture
def relation(employee):
    relation = factories.NoteFactory().relation
    archive(relation, by=employee)
    return relation


@pytest.fixture
def url(relation, admin):
    return proposed("restore", relation, by=admin)[1]


def is_archived(relation):
    return Relation.objects.get(pk=relation.pk).is_archived


class TestRestoreOne:
    def test_shows_first_what_would_come_back(self, as_admin, relation):
        """R21"""
        response = as_admin.post(reverse("archiving:restore_one", args=[relation.pk]))

        assert response.url == reverse("archiving:restore", args=[Job.objects.get().pk])
        assert is_archived(relation)

    def test_sends_an_anonymous_visitor_to_the_sign_in_page(self, client, relation):
        assert client.post(reverse("archiving:restore_one", args=[relation.pk])).url.startswith(
            reverse("accounts:sign_in")
        )

    def test_is_refused_without_the_right(self, as_employee, relation):
        """R3"""
        assert as_employee.post(reverse("archiving:restore_one", args=[relation.pk])).status_code == 403

    def test_takes_no_other_method(self, as_admin, relation):
        assert as_admin.get(reverse("archiving:restore_one", args=[relation.pk])).status_code == 405


class TestRestorePage:
    def test_sends_an_anonymous_visitor_to_the_sign_in_page(self, client, url):
        assert client.get(url).url.startswith(reverse("accounts:sign_in"))

    def test_is_refused_without_the_right(self, as_admin, admin, url):
        """R3"""
        admin.groups.clear()

        assert as_admin.get(url).status_code == 403
        assert as_admin.post(url).status_code == 403

    def test_takes_no_other_method(self, as_admin, url):
        assert as_admin.delete(url).status_code == 405

    def test_does_not_exist_for_anybody_else(self, client, url):
        client.force_login(factories.AdminFactory())

        assert client.get(url).status_code == 404

    def test_counts_what_comes_back(self, as_admin, url):
        """R22"""
        response = as_admin.get(url)

        assert {line.label: line.count for line in response.context["lines"]} == {"Notities": 1}
        assert "1 relatie terugzetten" in response.content.decode()

    def test_brings_it_back_and_returns_to_the_relation(self, as_admin, relation, url):
        """R22"""
        response = confirm(as_admin, url)

        assert response.url == relation.get_absolute_url()
        assert not is_archived(relation)
        assert not relation.notes.get().is_archived

    def test_returns_to_the_archive_after_more_than_one(self, as_admin, admin, relation):
        other = factories.RelationFactory(archived=True)
        url = proposed("restore", relation, other, by=admin)[1]

        assert confirm(as_admin, url).url == reverse("archiving:archived_relation_list")

    def test_stops_when_it_is_not_what_was_shown(self, as_admin, employee, admin, relation, url):
        """B2"""
        answers = shown(as_admin, url)
        restore(relation, by=admin)
        factories.NoteFactory(relation=relation)
        archive(relation, by=employee)

        response = as_admin.post(url, answers)

        assert response.status_code == 409
        assert is_archived(relation)

    def test_answers_a_second_click_as_the_first(self, as_admin, url):
        answers = shown(as_admin, url)

        first = as_admin.post(url, answers)
        second = as_admin.post(url, answers)

        assert (first.status_code, first.url) == (second.status_code, second.url)

    def test_says_so_when_somebody_restored_it_meanwhile(self, as_admin, admin, relation, url):
        restore(relation, by=admin)

        page = as_admin.get(url).content.decode()

        assert relation.name in page
        assert "1 relatie heeft nog een belemmering." in page

    def test_is_shown_with_the_same_number_of_queries(self, as_admin, admin, employee):
        counted = []
        for size in (3, 30):
            relations = [factories.NoteFactory().relation for _ in range(size)]
            archive(*relations, by=employee)
            url = proposed("restore", *relations, by=admin)[1]
            with CaptureQueriesContext(connection) as queries:
                as_admin.get(url)
            counted.append(len(queries))

        assert counted[0] == counted[1]
