"""Every tab of a relation's page asks as many queries for many rows as for few, and has an empty state."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from crm.core import panels
from tests import factories
from tests.billing.test_panels import PANELS
from tests.factories.portals import linked
from tests.relations.record.test_page import PANEL_ROWS

pytestmark = pytest.mark.django_db


def support_task(relation, n):
    """One that the customer sees, by the contractant that the relation has."""
    return factories.TaskLinkFactory(
        relation=relation, task__kind="support", task__assignee=factories.EmployeeFactory()
    ).task


def conversation(relation, n):
    factories.TaskCommentFactory.create_batch(2, relation=relation, task=support_task(relation, n))


OTHERS = {"gesprekken": conversation, "supporttaken": support_task}


def test_is_tried():
    """Here, or where its app tests its panels."""
    assert {*PANEL_ROWS, *PANELS, *OTHERS} == panels._panels.keys()


@pytest.mark.parametrize("key", OTHERS)
def test_takes_as_many_queries_for_3_and_30_rows(as_employee, key):
    relation = factories.RelationFactory()
    linked(relation)
    url = reverse("relations:relation_tab", args=[relation.pk, key])
    asked = []

    for batch in (3, 27):
        for n in range(batch):
            OTHERS[key](relation, n)
        with CaptureQueriesContext(connection) as queries:
            shown = as_employee.get(url)
        asked.append(len(queries))

    assert shown.context["count"] == 30
    assert asked[0] == asked[1]


@pytest.mark.parametrize("key", sorted({*PANEL_ROWS, *PANELS, *OTHERS}))
def test_says_so_when_there_is_nothing(as_employee, key):
    relation = factories.RelationFactory()
    if key == "wijzigingen":
        relation.history.all().delete()

    shown = as_employee.get(reverse("relations:relation_tab", args=[relation.pk, key]))

    assert "Hier is nog niets." in shown.text
