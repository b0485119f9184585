"""R9-R18, R22, R73-R78: what archiving takes along, leaves and changes, and that restoring is exactly its reverse."""

import pytest

from archiving.archiving import archive
from relations.models import Relation
from tests import factories

pytestmark = pytest.mark.django_db


def archived(*relations, by, **answers):
    return archive([r.pk for r in relations], by=by, reason="switched", answers=answers)


class TestArchive:
    @pytest.mark.parametrize(
        "factory",
        [
            factories.ContactFactory,
            factories.NoteFactory,
            factories.ContractFactory,
            factories.ClientActivityFactory,
            factories.PledgeFactory,
        ],
        ids=["R9 contacts", "R10 notes", "R12 contracts", "R13 client activities", "R74 pledges"],
    )
    def test_takes_along(self, factory, employee):
        row = factory()

        archived(row.relation, by=employee)

        row.refresh_from_db()
        assert row.archival == Relation.objects.get(pk=row.relation_id).archival

    def test_takes_links_along(self, employee):
        """R11"""
        link = factories.RelationLinkFactory()

        archived(link.to_relation, by=employee)

        link.refresh_from_db()
        assert link.is_archived
