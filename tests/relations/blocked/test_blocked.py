"""The work-list of blockers (B10)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import factories

pytestmark = pytest.mark.django_db
PAGE = reverse("relations:blocked_list")


def former(**fields):
    return factories.RelationFactory(status="former", former_since="2026-01-01", **fields)


def causes(client, query=""):
    """{code: (count, names, solving addresses)}"""
    found = client.get(PAGE + query).context["causes"]
    return {c.code: (c.count, [r.name for r, _url in rows], [url for _r, url in rows]) for c, rows, _more in found}


class TestWorkList:
    def test_groups_former_relations_by_what_keeps_them_with_the_page_that_solves_it(self, as_admin):
        """B10"""
        worked, linked = former(name="Met uren"), former(name="Met portal")
        factories.TimesheetLineFactory.create_batch(3, relation=worked)
        factories.PortalLinkFactory(relation=linked)
        factories.PortalLinkFactory(relation=worked)

        found = causes(as_admin)

        assert found["UNBILLED_TIME"] == (1, ["Met uren"], [reverse("billing:relation_unbilled", args=[worked.pk])])
        assert found["PORTAL_LINK"][:2] == (2, ["Met uren", "Met portal"])
        assert "2 voormalige relaties kunnen nog niet naar het archief" in as_admin.get(PAGE).text

    def test_leaves_out_who_is_not_leaving_and_who_can_go(self, as_admin):
        factories.TimesheetLineFactory()
        former()

        assert causes(as_admin) == {}
        assert "Niets staat in de weg" in as_admin.get(PAGE).text

    def test_shows_some_of_each_cause_and_many_of_one(self, as_admin):
        for _ in range(12):
            factories.TimesheetLineFactory(relation=former())

        assert len(causes(as_admin)["UNBILLED_TIME"][1]) == 10
        assert len(causes(as_admin, "?oorzaak=UNBILLED_TIME")["UNBILLED_TIME"][1]) == 12

    def test_refuses_an_address_it_does_not_understand(self, as_admin):
        assert as_admin.get(PAGE + "?oorzaak=ANDERS").status_code == 404
        assert as_admin.get(PAGE + "?reden=x").status_code == 400

    def test_takes_the_same_number_of_queries_for_3_and_30_relations(self, as_admin):
        counts = []
        for batch in (3, 27):
            for _ in range(batch):
                factories.TimesheetLineFactory(relation=former())
            with CaptureQueriesContext(connection) as queries:
                as_admin.get(PAGE)
            counts.append(len(queries))

        assert counts[0] == counts[1]


class TestCard:
    def test_counts_relations_not_rows(self, as_admin):
        """B10"""
        factories.TimesheetLineFactory.create_batch(3, relation=former())

        shown = as_admin.get(reverse("core:start_card", args=["belemmeringen"])).context["shown"]

        assert [(cause.code, cause.count) for cause in shown.content["causes"]] == [("UNBILLED_TIME", 1)]
