"""Set-based: the same number of statements for 3 relations and for 30."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from archiving.plans.archive_and_restore import plan_archive, plan_restore
from archiving.plans.erase import plan_erase
from relations.models import Relation
from tests import factories
from tests.archiving.acting import archive, erase, restore

pytestmark = pytest.mark.django_db


def relations(count):
    """Relations with some of everything, half of them with invoices."""
    made = factories.RelationFactory.create_batch(count)
    for number, relation in enumerate(made):
        factories.ContactFactory(relation=relation)
        factories.NoteFactory.create_batch(2, relation=relation)
        factories.DirectDebitMandateFactory(relation=relation)
        factories.TaskLinkFactory(relation=relation)
        factories.UploadedDossierItemFactory(relation=relation)
        if number % 2:
            factories.TimesheetLineFactory(relation=relation, billed=True)
    return made


def statements(act):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        act()
    return len(captured)


def pks(rows):
    return [row.pk for row in rows]


class TestTheNumberOfStatements:
    @pytest.fixture
    def few(self):
        return relations(3)

    @pytest.fixture
    def many(self):
        return relations(30)

    def test_of_planning_is_fixed(self, few, many, admin):
        assert statements(lambda: plan_archive(pks(few))) == statements(lambda: plan_archive(pks(many)))
        archive(*few, *many, by=admin)
        assert statements(lambda: plan_restore(pks(few))) == statements(lambda: plan_restore(pks(many)))
        assert statements(lambda: plan_erase(pks(few))) == statements(lambda: plan_erase(pks(many)))

    def test_of_archiving_and_restoring_is_fixed(self, few, many, admin):
        admin.has_perm("relations.archive_relation")  # asks its queries once

        assert statements(lambda: archive(*few, by=admin)) == statements(lambda: archive(*many, by=admin))
        assert statements(lambda: restore(*few, by=admin)) == statements(lambda: restore(*many, by=admin))

    def test_of_erasing_is_fixed(self, few, many, admin):
        archive(*few, *many, by=admin)
        admin.has_perm("relations.erase_relation")

        assert statements(lambda: erase(*few, by=admin)) == statements(lambda: erase(*many, by=admin))
        assert Relation.objects.exclude(erasure=None).exists()
