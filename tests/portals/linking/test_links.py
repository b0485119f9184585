from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from archiving.plans import archive_and_restore as planning
from archiving.policies import Stage
from crm.core.refusals import Refusal
from portals.linking import actions as portal_links
from portals.models import PortalLink
from tests.archiving.acting import archive
from tests.factories import PortalLinkFactory, RelationFactory

pytestmark = pytest.mark.django_db
NEW = {"provider": "yob", "external_id": "Y-17", "since": "2026-03-01"}


def url(relation):
    return reverse("portals:relation_portals", args=[relation.pk])


def codes(relation):
    return {finding.code for finding in planning.blockers([relation.pk], Stage.ARCHIVE).get(relation.pk, [])}


class TestLinking:
    def test_makes_a_live_link(self, as_employee):
        """R8: this makes the blocker"""
        relation = RelationFactory()

        as_employee.post(url(relation), NEW)

        assert PortalLink.objects.live().get().external_id == "Y-17"
        assert codes(relation) == {"PORTAL_LINK"}

    @pytest.mark.parametrize(
        "wrong", [{"provider": "elders"}, {"external_id": ""}, {"external_id": "\u200b"}, {"since": "x"}]
    )
    def test_filled_in_wrongly_shows_the_error(self, as_employee, wrong):
        answer = as_employee.post(url(RelationFactory()), NEW | wrong)

        assert answer.status_code == 422
        assert answer.context["form"].errors
        assert not PortalLink.objects.exists()

    def test_refuses_a_number_that_another_relation_has(self, as_employee):
        PortalLinkFactory(provider="yob", external_id="Y-17")

        answer = as_employee.post(url(RelationFactory()), NEW)

        assert answer.status_code == 422
        assert PortalLink.objects.count() == 1

    def test_refuses_a_number_that_somebody_linked_at_the_same_moment(self, employee):
        PortalLinkFactory(provider="yob", external_id="Y-17")
        late = PortalLink(relation=RelationFactory(), provider="yob", external_id="Y-17")

        with pytest.raises(Refusal):
            portal_links.link_portal(late, by=employee)

        assert PortalLink.objects.count() == 1

    def test_is_refused_and_not_offered_for_an_archived_relation(self, as_employee, employee):
        relation = RelationFactory()
        archive(relation, by=employee)

        page, answer = as_employee.get(url(relation)), as_employee.post(url(relation), NEW)

        assert page.context["form"] is None
        assert answer.status_code == 409
        assert not PortalLink.objects.exists()


class TestUnlinking:
    def test_ends_the_link_and_solves_the_blocker(self, as_employee):
        """R8"""
        link = PortalLinkFactory()

        as_employee.post(reverse("portals:portal_unlinking", args=[link.pk]))

        assert PortalLink.objects.get().until == timezone.localdate()
        assert codes(link.relation) == set()

    def test_frees_the_number_for_another_relation(self, as_employee):
        link, other = PortalLinkFactory(provider="yob", external_id="Y-17"), RelationFactory()

        as_employee.post(reverse("portals:portal_unlinking", args=[link.pk]))
        as_employee.post(url(other), NEW)

        assert PortalLink.objects.live().get().relation == other

    def test_refuses_a_second_time(self, as_employee):
        link = PortalLinkFactory(until=date(2026, 2, 1))

        answer = as_employee.post(reverse("portals:portal_unlinking", args=[link.pk]))

        assert answer.status_code == 409
        assert PortalLink.objects.get().until == date(2026, 2, 1)


class TestPage:
    def test_shows_live_and_ended_links(self, as_employee):
        live = PortalLinkFactory()
        ended = PortalLinkFactory(relation=live.relation, until=date(2026, 2, 1))

        page = as_employee.get(url(live.relation))

        assert list(page.context["live"]) == [live]
        assert list(page.context["ended"]) == [ended]

    def test_takes_the_same_number_of_queries_for_many(self, as_employee):
        counts = []
        for size in (3, 30):
            relation = RelationFactory()
            PortalLinkFactory.create_batch(size, relation=relation)
            with CaptureQueriesContext(connection) as queries:
                as_employee.get(url(relation))
            counts.append(len(queries))

        assert counts[0] == counts[1]
