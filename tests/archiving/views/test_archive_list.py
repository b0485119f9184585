"""Beheer / Gearchiveerde relaties (R3, R20, R21, R80, R94, R97)."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from archiving.models import Archival
from crm.jobs.freezing import target_ids
from crm.jobs.models import Job
from tests import factories
from tests.archiving.acting import archive, erase

pytestmark = pytest.mark.django_db

URL = "/beheer/gearchiveerde-relaties/"


@pytest.fixture
def relation(employee):
    relation = factories.RelationFactory(name="Autobedrijf Klaver")
    archive(relation, by=employee)
    return relation


def grant(employee, codename):
    employee.user_permissions.add(Permission.objects.get(codename=codename))


def names(response):
    return [row.name for row in response.context["listing"].rows]


class TestArchivedRelationList:
    def test_lists_what_is_in_the_archive(self, as_admin, admin, employee, relation):
        """R20: not what is active, not what is erased."""
        factories.RelationFactory(name="Actief")
        erased = factories.RelationFactory(name="Gewist")
        archive(erased, by=employee)
        erase(erased, by=admin)

        response = as_admin.get(URL)

        assert names(response) == ["Autobedrijf Klaver"]
        page = response.content.decode()
        assert "Marieke de Wit" in page
        assert reverse("archiving:restore_one", args=[relation.pk]) in page
        assert reverse("archiving:erase_one", args=[relation.pk]) in page

    def test_says_until_when_each_must_be_kept(self, as_admin, relation):
        """R20; client due diligence: five years."""
        Archival.objects.update(at=timezone.now() - timedelta(days=365 * 6))

        page = as_admin.get(URL).content.decode()

        assert "verlopen sinds" in page

    def test_tells_when_the_archive_is_empty(self, as_admin):
        assert "Het archief is leeg" in as_admin.get(URL).content.decode()

    def test_sends_an_anonymous_visitor_to_the_sign_in_page(self, client):
        assert client.get(URL).url.startswith(reverse("accounts:sign_in"))

    def test_takes_no_other_method(self, as_admin):
        assert as_admin.post(URL).status_code == 405

    def test_asks_the_same_number_of_queries_however_long(self, as_admin):
        counted = []
        for size in (3, 27):
            factories.RelationFactory.create_batch(size, archived=True)
            with CaptureQueriesContext(connection) as queries:
                as_admin.get(URL)
            counted.append(len(queries))

        assert counted[0] == counted[1]


class TestRights:
    def test_keep_it_from_who_may_neither_restore_nor_erase(self, as_employee, employee):
        """R20: absent from the menu, refused at the address."""
        assert as_employee.get(URL).status_code == 403
        assert URL not in as_employee.get(reverse("relations:relation_list")).content.decode()

    def test_show_it_in_the_menu_with_a_count(self, as_admin, relation):
        """R20"""
        groups = as_admin.get(URL).context["navigation"]

        assert [entry["count"] for _title, group in groups for entry in group if entry["url"] == URL] == [1]

    @pytest.mark.parametrize(
        ("codename", "offered", "absent"),
        [("erase_relation", "erase", "restore"), ("restore_relation", "restore", "erase")],
    )
    def test_offer_only_what_was_granted(self, as_employee, employee, relation, codename, offered, absent):
        """R97"""
        grant(employee, codename)

        page = as_employee.get(URL).content.decode()

        assert reverse(f"archiving:{offered}_one", args=[relation.pk]) in page
        assert reverse(f"archiving:{offered}_listed") in page
        assert reverse(f"archiving:{absent}_one", args=[relation.pk]) not in page
        assert reverse(f"archiving:{absent}_listed") not in page
        assert as_employee.post(reverse(f"archiving:{absent}_listed"), {"relation": relation.pk}).status_code == 403


class TestFilter:
    @pytest.fixture
    def others(self):
        """Archived long ago by somebody else for another reason, both."""
        return factories.RelationFactory.create_batch(2, archived=True)

    @pytest.mark.parametrize("query", ["q=klaver", "reason=switched", "by={by}", "after={today}"])
    def test_narrows(self, as_admin, employee, relation, others, query):
        query = query.format(by=employee.pk, today=timezone.localdate().isoformat())

        assert names(as_admin.get(f"{URL}?{query}")) == ["Autobedrijf Klaver"]

    def test_finds_what_was_archived_before_a_day(self, as_admin, relation, others):
        found = names(as_admin.get(f"{URL}?before=2026-03-03"))

        assert sorted(found) == sorted(other.name for other in others)

    @pytest.mark.parametrize(
        "query", ["reden=switched", "reason=unknown", "by=999999", "before=gisteren", "sort=colour", "page=0"]
    )
    def test_never_widens(self, as_admin, relation, query):
        """B3"""
        response = as_admin.get(f"{URL}?{query}")

        assert response.status_code == 400
        assert names(response) == []

    @pytest.mark.parametrize("column", ["number", "name", "at", "by"])
    def test_goes_with_every_order(self, as_admin, relation, others, column):
        up = names(as_admin.get(f"{URL}?sort={column}"))
        down = names(as_admin.get(f"{URL}?sort=-{column}"))

        assert up == down[::-1]


class TestActs:
    @pytest.mark.parametrize("act", ["restore", "erase"])
    def test_take_exactly_the_ticked_relations(self, as_admin, relation, act):
        """R21"""
        ticked = factories.RelationFactory.create_batch(2, archived=True)

        response = as_admin.post(reverse(f"archiving:{act}_listed"), {"relation": [relation.pk for relation in ticked]})

        job = Job.objects.get()
        assert response.url == reverse(f"archiving:{act}", args=[job.pk])
        assert target_ids(job) == sorted(relation.pk for relation in ticked)

    def test_take_everything_the_filter_gives(self, as_admin, relation):
        """R80, B2: over all pages, and no more than that."""
        factories.RelationFactory(archived=True)

        as_admin.post(reverse("archiving:erase_listed") + "?reason=switched", {"everything": "1"})

        assert target_ids(Job.objects.get()) == [relation.pk]

    def test_refuse_everything_when_the_filter_is_not_understood(self, as_admin, relation):
        """B3"""
        response = as_admin.post(reverse("archiving:erase_listed") + "?reden=switched", {"everything": "1"})

        assert response.status_code == 400
        assert not Job.objects.exists()

    @pytest.mark.parametrize("ticked", [[], ["x"], ["9" * 30], ["-1"], ["999999"]])
    def test_refuse_what_is_no_relation_of_the_list(self, as_admin, relation, ticked):
        response = as_admin.post(reverse("archiving:restore_listed"), {"relation": ticked})

        assert response.status_code == 400
        assert not Job.objects.exists()

    @pytest.mark.parametrize("act", ["restore", "erase"])
    def test_are_no_pages_to_look_at(self, as_admin, act):
        assert as_admin.get(reverse(f"archiving:{act}_listed")).status_code == 405

    @pytest.mark.parametrize("act", ["restore", "erase"])
    def test_send_an_anonymous_visitor_to_the_sign_in_page(self, client, act):
        assert client.post(reverse(f"archiving:{act}_listed")).url.startswith(reverse("accounts:sign_in"))
