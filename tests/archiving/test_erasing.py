"""R23-R37, R86-R97: erasing leaves nothing of a relation, and every figure as it was."""

import re

import pytest

from archiving import numbers
from archiving.archiving import archive
from archiving.erasing import erase
from archiving.models import Erasure
from relations.models import Relation
from tests import factories

pytestmark = pytest.mark.django_db


def archived(relation, by):
    archive([relation.pk], by=by, reason="switched", answers={"open_invoices": True, "community": "keep"})
    return relation


def erased(relation, by, **answers):
    answers = {"retention": True, "community": "delete", **answers}
    return erase([relation.pk], by=by, reason="request", answers=answers)


class TestErase:
    def test_really_deletes_a_relation_without_transactions(self, admin):
        """R86, R88"""
        contact = factories.ContactFactory()
        archived(contact.relation, admin)

        outcome = erased(contact.relation, admin)

        assert outcome.modes == {contact.relation_id: "delete"}
        assert not Relation.objects.filter(pk=contact.relation_id).exists()

    def test_anonymises_a_relation_with_invoices(self, admin):
        """R36, R86, R89"""
        invoice = factories.InvoiceFactory(settled=True)
        archived(invoice.relation, admin)

        erased(invoice.relation, admin)

        relation = Relation.objects.get(pk=invoice.relation_id)
        assert relation.name == "Verwijderd"
        assert re.fullmatch(r"Verwijderd\(\d{18}\)", relation.number)
        assert relation.erasure == Erasure.objects.get()

    def test_retires_the_number(self, admin):
        """R87"""
        relation = archived(factories.RelationFactory(), admin)

        erased(relation, admin)

        assert numbers.is_retired(relation.number)
